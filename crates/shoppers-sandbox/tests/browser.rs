//! The page in a real browser: Chromium, by WebDriver. Without `chromedriver` the tests are counted as ignored.
#![forbid(unsafe_code)]

use std::{future::Future, panic::resume_unwind, sync::Arc, time::Duration};

use fantoccini::{Client, Locator, elements::Element};
use libtest_mimic::{Arguments, Trial};
use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use driver::Driver;

#[path = "support/driver.rs"]
mod driver;
#[allow(dead_code)]
#[path = "sandbox/wire.rs"]
mod wire;

fn main() {
    let arguments = Arguments {
        test_threads: Some(1),
        ..Arguments::from_args()
    };
    let driver = Driver::start();
    if driver.is_none() {
        eprintln!(
            "no chromedriver is installed, so the tests of the page in a browser are skipped (counted as ignored)"
        );
    }
    let is_skipped = driver.is_none();
    let driver = Arc::new(driver);
    let tests = [
        test(
            "the_list_fills_while_a_client_calls",
            &driver,
            the_list_fills_while_a_client_calls,
        ),
        test(
            "a_click_shows_request_and_response",
            &driver,
            a_click_shows_request_and_response,
        ),
        test(
            "the_page_is_usable_by_keyboard",
            &driver,
            the_page_is_usable_by_keyboard,
        ),
        test(
            "a_fault_button_changes_the_next_answer",
            &driver,
            a_fault_button_changes_the_next_answer,
        ),
        test(
            "shoppers_are_found_by_search",
            &driver,
            shoppers_are_found_by_search,
        ),
        test(
            "a_delivery_is_made_again",
            &driver,
            a_delivery_is_made_again,
        ),
        test(
            "a_reset_empties_the_page",
            &driver,
            a_reset_empties_the_page,
        ),
        test(
            "ten_thousand_calls_stay_quick",
            &driver,
            ten_thousand_calls_stay_quick,
        ),
        test(
            "no_width_scrolls_sideways",
            &driver,
            no_width_scrolls_sideways,
        ),
    ];
    let tests = tests
        .into_iter()
        .map(|it| it.with_ignored_flag(is_skipped))
        .collect();
    let conclusion = libtest_mimic::run(&arguments, tests);
    // `exit` runs no destructors.
    drop(driver);
    conclusion.exit();
}

/// Runs a test with a sandbox and a browser of its own, and closes both, also if it fails.
fn test<F>(name: &str, driver: &Arc<Option<Driver>>, body: fn(Page) -> F) -> Trial
where
    F: Future<Output = ()> + Send + 'static,
{
    let driver = Arc::clone(driver);
    Trial::test(name, move || {
        let driver = (*driver).as_ref().ok_or("no chromedriver")?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let sandbox = Sandbox::builder().ui().start().await?;
            let browser = driver.browser().await?;
            browser.goto(&sandbox.ui_url().unwrap_or_default()).await?;
            let page = Page {
                driver_url: driver.url.clone(),
                sandbox: Arc::new(sandbox),
                browser: browser.clone(),
            };
            let outcome = tokio::spawn(body(page)).await;
            browser.close().await?;
            outcome.unwrap_or_else(|err| resume_unwind(err.into_panic()));
            Ok(())
        })
    })
}

struct Page {
    sandbox: Arc<Sandbox>,
    browser: Client,
    driver_url: String,
}

impl Page {
    async fn find(&self, selector: &str) -> Element {
        let wait = self
            .browser
            .wait()
            .at_most(Duration::from_secs(20))
            .every(Duration::from_millis(20));
        wait.for_element(Locator::Css(selector))
            .await
            .unwrap_or_else(|err| panic!("{selector}: {err}"))
    }

    async fn script(&self, script: &str) -> Value {
        self.browser.execute(script, Vec::new()).await.unwrap()
    }

    /// Waits until an expression of JavaScript is true.
    async fn until(&self, condition: &str) {
        for _ in 0..1000 {
            if self.script(&format!("return Boolean({condition})")).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!(
            "not within 20 seconds: {condition}\n{}",
            self.script("return document.body.innerText").await
        );
    }

    async fn upsert(&self, name: &str) -> u16 {
        let upsert = wire::upsert(
            &self.sandbox,
            json!({"shopper_ref": name, "first_name": name}),
        );
        upsert.send().await.unwrap().status().as_u16()
    }
}

const ROWS: &str = "document.querySelectorAll('#rows .row').length";

async fn the_list_fills_while_a_client_calls(page: Page) {
    page.until(
        "document.querySelector('#empty').innerText.includes('BSPK_BASE_URL=http://127.0.0.1:')",
    )
    .await;

    page.upsert("Ada").await;
    page.until(&format!("{ROWS} === 1")).await;
    wire::refusal(wire::gatsby(&page.sandbox, "GET", "/1")).await;
    page.until(&format!("{ROWS} === 2")).await;

    page.until("document.querySelector('#empty').hidden").await;
    page.until("document.querySelector('#connection').textContent === 'live'")
        .await;
    let newest = page
        .find("#rows .row[aria-rowindex='1']")
        .await
        .text()
        .await
        .unwrap();
    assert!(
        newest.contains("Gatsby")
            && newest.contains("get_shopper GET /public/shopper/{")
            && newest.contains("404"),
        "{newest}"
    );
    page.until("document.querySelector('.vendor .counts').innerText.includes('calls\\n1\\n')")
        .await;
}

async fn a_click_shows_request_and_response(page: Page) {
    page.sandbox
        .bspk_behaves(Behaviour::new().script([(1, Fault::Html { status: 503 })]))
        .unwrap();
    page.upsert("<img src=x onerror=alert(1)>").await;
    page.upsert("<img src=x onerror=alert(1)>").await;
    page.until(&format!(
        "{ROWS} === 2 && !document.body.innerText.includes('pending')"
    ))
    .await;

    page.find("#rows .row[aria-rowindex='1']")
        .await
        .click()
        .await
        .unwrap();
    page.until("document.querySelectorAll('#detail .body').length === 2")
        .await;

    let detail = page.find("#detail").await.text().await.unwrap();
    for text in [
        "\"first_name\": \"<img src=x onerror=alert(1)>\"",
        "\"external_id\":",
        "2, after a call",
        "200",
    ] {
        assert!(detail.contains(text), "{text} is not in {detail}");
    }
    assert_eq!(
        page.script("return document.querySelectorAll('img').length")
            .await,
        0
    );
    // Neither data nor anything from elsewhere is in the addresses that the page asks for.
    let addresses = page
        .script("return performance.getEntriesByType('resource').map((it) => it.name)")
        .await;
    let addresses = addresses.as_array().unwrap();
    assert!(addresses.len() >= 4);
    for address in addresses {
        let address = address.as_str().unwrap();
        assert!(
            address.starts_with(page.sandbox.bspk_url()) && !address.contains("img"),
            "{address}"
        );
    }
}

async fn the_page_is_usable_by_keyboard(page: Page) {
    page.upsert("Ada").await;
    page.upsert("Bob").await;
    page.until(&format!("{ROWS} === 2")).await;

    let list = page.find("#rows").await;
    list.send_keys("\u{e015}\u{e015}").await.unwrap(); // down, down
    page.until("document.querySelector('#detail .body')?.innerText.includes('Ada')")
        .await;
    list.send_keys("\u{e013}").await.unwrap(); // up
    page.until("document.querySelector('#detail .body')?.innerText.includes('Bob')")
        .await;
    list.send_keys("\u{e00c}").await.unwrap(); // Escape
    page.until("document.querySelector('#detail').hidden && document.activeElement.id === 'rows'")
        .await;

    page.find("#tab-calls")
        .await
        .send_keys("\u{e014}")
        .await
        .unwrap(); // right
    page.until("document.activeElement.id === 'tab-bspk-shoppers'")
        .await;
    page.until(&format!(
        "{ROWS} === 2 && document.querySelector('#rows').innerText.includes('Ada')"
    ))
    .await;
    let nameless = "return [...document.querySelectorAll('button, input, select')].filter((it) => it.checkVisibility() \
                    && !(it.innerText || it.ariaLabel || it.labels?.length)).map((it) => it.outerHTML)";
    assert_eq!(page.script(nameless).await, json!([]));
}

async fn a_fault_button_changes_the_next_answer(page: Page) {
    page.find(".vendor .fault select")
        .await
        .select_by_label("html")
        .await
        .unwrap();
    let value = page.find(".vendor .fault input").await;
    value.clear().await.unwrap();
    value.send_keys("418").await.unwrap();
    page.find(".vendor .fault button")
        .await
        .click()
        .await
        .unwrap();
    page.until(
        "document.querySelector('.vendor .note').textContent.includes('Waiting for a call: html')",
    )
    .await;

    assert_eq!(
        (page.upsert("Ada").await, page.upsert("Ada").await),
        (418, 200)
    );

    page.until(&format!(
        "{ROWS} === 2 && document.querySelector('#rows').innerText.includes('attempt 2')"
    ))
    .await;
    value.clear().await.unwrap();
    value.send_keys("x").await.unwrap();
    page.find(".vendor .fault button")
        .await
        .click()
        .await
        .unwrap();
    page.until("document.querySelector('#message').textContent.includes('needs a status')")
        .await;

    page.find(".vendor [name=limit]")
        .await
        .send_keys("1")
        .await
        .unwrap();
    page.find(".vendor .behaviour button")
        .await
        .click()
        .await
        .unwrap();
    page.until("document.querySelector('.vendor .top').textContent.includes('0 of 1 in 10 s')")
        .await;
    let statuses = (
        page.upsert("Bob").await,
        page.upsert("Bob").await,
        page.upsert("Bob").await,
    );
    assert!(statuses.1 == 429 || statuses.2 == 429, "{statuses:?}");
}

async fn shoppers_are_found_by_search(page: Page) {
    for name in ["Ada", "Bob", "Adam"] {
        page.upsert(name).await;
    }

    page.find("#tab-bspk-shoppers").await.click().await.unwrap();
    page.until(&format!("{ROWS} === 3")).await;
    page.find("#search").await.send_keys("ada").await.unwrap();
    page.until(&format!("{ROWS} === 2")).await;

    page.find("#rows .row[aria-rowindex='1']")
        .await
        .click()
        .await
        .unwrap();
    page.until(
        "document.querySelector('#detail .body').innerText.includes('\"first_name\": \"Adam\"')",
    )
    .await;
    page.upsert("Adalbert").await;
    page.until(&format!("{ROWS} === 3")).await;
}

async fn a_delivery_is_made_again(page: Page) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for status in [422, 200] {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 16 * 1024];
            let _ = stream.read(&mut request).await.unwrap();
            let answer = format!("HTTP/1.1 {status} Any\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let endpoint = json!({"target_url": target, "is_enabled": true, "events": ["shopper.created"]});
    let create = wire::bspk(&page.sandbox, "POST", "webhook_endpoints").json(&endpoint);
    wire::read(create).await;

    page.upsert("Ada").await;
    page.find("#tab-bspk-deliveries")
        .await
        .click()
        .await
        .unwrap();
    page.until("document.querySelector('#rows').innerText.includes('refused')")
        .await;
    page.find("#rows .row").await.click().await.unwrap();
    page.find("#again").await.click().await.unwrap();

    page.until(&format!(
        "{ROWS} === 2 && document.querySelector('#rows').innerText.includes('delivered')"
    ))
    .await;
    let tab = page.find("#tab-bspk-webhook_endpoints").await;
    assert_eq!(tab.text().await.unwrap(), "BSPK webhook endpoints1");
}

async fn a_reset_empties_the_page(page: Page) {
    page.upsert("Ada").await;
    page.until(&format!("{ROWS} === 1")).await;

    let button = page.find("#reset").await;
    button.click().await.unwrap();
    assert_eq!(page.sandbox.bspk_tally().shoppers, 1);
    button.click().await.unwrap();

    page.until(&format!(
        "{ROWS} === 0 && !document.querySelector('#empty').hidden"
    ))
    .await;
    assert_eq!(page.sandbox.bspk_tally().shoppers, 0);
    page.upsert("Bob").await;
    page.until(&format!("{ROWS} === 1")).await;
}

async fn ten_thousand_calls_stay_quick(page: Page) {
    let client = wire::client();
    let upsert = |number: u32| {
        wire::upsert(&page.sandbox, json!({"shopper_ref": number.to_string()}))
            .build()
            .unwrap()
    };
    for number in 0..10_000 {
        client.execute(upsert(number)).await.unwrap();
    }
    page.until("document.querySelector('#tab-calls').innerText.includes('1,000')")
        .await;
    page.until("document.querySelector('.vendor .counts').innerText.includes('10,000')")
        .await;

    // The document has elements for what is in view alone, whatever was called.
    let elements = page
        .script("return document.querySelectorAll('*').length")
        .await;
    assert!(elements.as_u64().unwrap() < 1000, "{elements} elements");
    let milliseconds = page.browser.execute_async(
        "const done = arguments[0]; const start = performance.now(); const rows = document.querySelector('#rows');
         rows.scrollTop = rows.scrollHeight;
         requestAnimationFrame(() => requestAnimationFrame(() => {
             document.querySelector('#rows .row:last-child').dispatchEvent(new MouseEvent('click',
                 {bubbles: true, clientY: rows.getBoundingClientRect().bottom - 5}));
             const shown = () => document.querySelector('#detail .body') ? done(performance.now() - start) : setTimeout(shown);
             shown();
         }))", Vec::new()).await.unwrap();
    println!("to scroll through 1,000 of 10,000 calls and open the last: {milliseconds} ms");
    assert!(milliseconds.as_f64().unwrap() < 2000.0, "{milliseconds} ms");
    let detail = page.find("#detail .body").await.text().await.unwrap();
    assert!(detail.contains("\"9000\""), "{detail}");
}

async fn no_width_scrolls_sideways(page: Page) {
    page.upsert("Ada").await;
    page.until(&format!("{ROWS} === 1")).await;
    page.find("#rows .row").await.click().await.unwrap();
    let session = page.browser.session_id().await.unwrap().unwrap();
    let url = format!("{}/session/{session}/goog/cdp/execute", page.driver_url);

    for width in [320, 390, 620, 899, 900, 1280, 1600] {
        let screen =
            json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": screen});
        wire::client()
            .post(&url)
            .json(&command)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
        page.until(&format!("innerWidth === {width}")).await;

        let widest = page
            .script("return document.documentElement.scrollWidth")
            .await;
        assert_eq!(widest, width);
        assert!(page.find("#close").await.is_displayed().await.unwrap());
    }
}

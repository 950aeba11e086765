//! Accepted calls per process over time, as an SVG.

use std::{fmt::Write, fs, path::Path, thread::sleep, time::Duration};

use super::{DELAY, Missed, Scene, Way, proxy::Proxy, server::Server};

const PROCESSES: usize = 4;
const TIME: u64 = 30;
const KILLED: u64 = 4;
const JOINED: u64 = 14;

const LEFT: f64 = 70.0;
const TOP: f64 = 60.0;
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 260.0;
const PITCH: f64 = HEIGHT + 90.0;
const LEGEND: f64 = 230.0;
/// The end of the axis.
const CALLS: f64 = 240.0;

/// Okabe and Ito's colours, which are distinct with any colour vision.
const COLOURS: [&str; PROCESSES + 1] = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#000000"];

/// Calls of one process: the time of each, in seconds.
type Curve = Vec<f64>;

/// Has processes work, of which one is killed and another one joins, and draws the calls of each.
pub fn draw(server: &Server, missed: &mut Missed) {
    let proxy = Proxy::start(server.port(), DELAY);
    let plots = [Way::Store, Way::Counter, Way::Fractions].map(|way| {
        let scene = Scene {
            way,
            ..Scene::busy(PROCESSES, "sliding", TIME)
        };
        let outcome = scene.run_with(&|_| proxy.url(), |workers, _, join| {
            sleep(Duration::from_secs(KILLED));
            workers[0].signal("-KILL");
            sleep(Duration::from_secs(JOINED - KILLED));
            workers.push(join(0));
        });
        let curves = outcome.done.iter().enumerate().map(|(index, report)| {
            let since = if index < PROCESSES { 0 } else { JOINED };
            let times = report.accepted.iter().map(Duration::as_secs_f64);
            times.map(|at| at + since as f64).collect()
        });
        let title = format!(
            "{}: {} calls, {} answered 429",
            way.name(),
            outcome.calls,
            outcome.throttled
        );
        println!("{title}");
        (title, curves.collect())
    });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("fleet.svg");
    match fs::write(&path, svg(&plots)) {
        Ok(()) => println!("\n{}", path.display()),
        Err(err) => missed.add(format!("no plot at {}: {err}", path.display())),
    }
}

fn svg(plots: &[(String, Vec<Curve>)]) -> String {
    let (width, height) = (LEFT + WIDTH + LEGEND, TOP + PITCH * plots.len() as f64);
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' \
         font-family='sans-serif' font-size='13'>\n\
         <title>Accepted calls of each process that shares a quota of 60 calls per 2 s</title>\n\
         <rect width='{width}' height='{height}' fill='white'/>\n"
    );
    for (number, (title, curves)) in plots.iter().enumerate() {
        let top = TOP + PITCH * number as f64;
        text(
            &mut svg,
            (LEFT, top - 16.0),
            "start",
            &format!("<tspan font-weight='bold'>{title}</tspan>"),
        );
        axes(&mut svg, top);
        for (index, (curve, colour)) in curves.iter().zip(COLOURS).enumerate() {
            let name = match index {
                0 => format!("process 1, killed after {KILLED} s"),
                PROCESSES => format!("process 5, from {JOINED} s on"),
                _ => format!("process {}", index + 1),
            };
            let _ = writeln!(
                svg,
                "<path d='{}' fill='none' stroke='{colour}' stroke-width='2'/>",
                path(curve, top)
            );
            let (x, y) = (LEFT + WIDTH + 16.0, top + 10.0 + 20.0 * index as f64);
            let _ = writeln!(
                svg,
                "<rect x='{x}' y='{}' width='18' height='6' fill='{colour}'/>",
                y - 7.0
            );
            text(&mut svg, (x + 26.0, y), "start", &name);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn x(seconds: f64) -> f64 {
    LEFT + WIDTH * seconds / TIME as f64
}

fn y(calls: f64, top: f64) -> f64 {
    top + HEIGHT * (1.0 - calls.min(CALLS) / CALLS)
}

/// A line that goes up in steps, one for all calls within a pixel.
fn path(curve: &Curve, top: f64) -> String {
    let mut path = format!("M{LEFT} {:.1}", y(0.0, top));
    for (index, at) in curve.iter().enumerate() {
        let is_last = curve
            .get(index + 1)
            .is_none_or(|next| x(*next) - x(*at) >= 1.0);
        if is_last {
            let _ = write!(path, "H{:.0}V{:.1}", x(*at), y(index as f64 + 1.0, top));
        }
    }
    path
}

fn axes(svg: &mut String, top: f64) {
    let (right, bottom) = (LEFT + WIDTH, top + HEIGHT);
    let _ = writeln!(
        svg,
        "<path d='M{LEFT} {top}V{bottom}H{right}' fill='none' stroke='black'/>"
    );
    for tick in 0..=6 {
        let part = f64::from(tick) / 6.0;
        let (seconds, calls) = (TIME as f64 * part, CALLS * part);
        text(
            svg,
            (x(seconds), bottom + 18.0),
            "middle",
            &format!("{seconds:.0}"),
        );
        text(
            svg,
            (LEFT - 8.0, y(calls, top) + 4.0),
            "end",
            &format!("{calls:.0}"),
        );
    }
    text(
        svg,
        (LEFT + WIDTH / 2.0, bottom + 38.0),
        "middle",
        "seconds since the start",
    );
    let (x, y) = (LEFT - 48.0, top + HEIGHT / 2.0);
    let _ = writeln!(
        svg,
        "<text transform='translate({x} {y}) rotate(-90)' text-anchor='middle'>accepted calls</text>"
    );
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text x='{x:.0}' y='{y:.0}' text-anchor='{anchor}'>{words}</text>"
    );
}

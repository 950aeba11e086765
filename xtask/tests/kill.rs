//! Killed at any moment, the tree is as before or as after.

mod support;

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use support::{Copy, pages};

/// The files of `specs`, with their texts.
fn specs(copy: &Copy) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(copy.root().join("specs"))
        .unwrap()
        .map(|it| it.unwrap())
        .map(|it| {
            (
                it.file_name().into_string().unwrap(),
                fs::read(it.path()).unwrap(),
            )
        })
        .collect();
    found.sort();
    found
}

#[test]
fn killed_at_any_moment_specs_is_as_before_or_as_after() {
    let source = pages::platform("get", "/x", &pages::operation("x", "", "", ""));
    let sample = Copy::new();
    sample.write("page.md", &source);
    let before = specs(&sample);
    let began = Instant::now();
    sample.regen(&["page.md"]).succeeded();
    let whole = began.elapsed();
    let after = specs(&sample);
    assert!(before != after);
    let (mut seed, mut was_before, mut was_after) = (11_u64, 0, 0);

    let copy = Copy::new();
    copy.write("page.md", &source);
    for moment in 0..40_u32 {
        for (name, bytes) in &before {
            fs::write(copy.root().join("specs").join(name), bytes).unwrap();
        }
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let part = f64::from(u32::try_from(seed >> 40).unwrap()) / f64::from(1 << 24);
        // Half of the moments anywhere, half near the end, where the folders change places.
        let at = if moment % 2 == 0 {
            part * 1.1
        } else {
            0.7 + part * 0.4
        };
        let mut child = copy
            .xtask(&["regen", "--no-compile", "page.md"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();

        thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * at));
        let _ = child.kill();
        child.wait().unwrap();

        let now = specs(&copy);
        assert!(
            now == before || now == after,
            "neither before nor after, killed at {at} of the run"
        );
        if now == before {
            was_before += 1
        } else {
            was_after += 1
        }
    }
    eprintln!("{was_before} times as before, {was_after} times as after");
    copy.regen(&["page.md"]).succeeded();
    let left: Vec<_> = fs::read_dir(copy.root())
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|it| it.to_string_lossy().starts_with(".specs.")),
        "{left:?}"
    );
    assert!(specs(&copy) == after);
}

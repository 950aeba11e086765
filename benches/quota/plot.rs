//! Accepted calls over time against what the quota allows, as an SVG.

use std::{fmt::Write, time::Duration};

use super::{Run, Scene, way::Way};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 60.0;
/// From the top of one plot to that of the next.
const PITCH: f64 = HEIGHT + 90.0;
const LEGEND: f64 = 270.0;

/// Okabe and Ito's colours, which are distinct with any colour vision; their yellow, which does not show on white, is a dark red.
const COLOURS: [&str; 9] = [
    "#0072b2", "#56b4e9", "#000000", "#e69f00", "#d55e00", "#cc79a7", "#882255", "#009e73",
    "#999999",
];

/// The quota is an area that the curves lie before.
const QUOTA: &str = "#e4e4e4";

/// The place of a plot, and the ends of its axes.
struct Axes {
    top: f64,
    seconds: f64,
    calls: f64,
}

/// Draws a plot for each scene, one below the other.
pub fn svg(plots: &[(Scene, Vec<Run>)]) -> String {
    let (width, height) = (LEFT + WIDTH + LEGEND, TOP + PITCH * plots.len() as f64);
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' \
         font-family='sans-serif' font-size='13'>\n\
         <title>Calls that a vendor accepted over time, against its quota</title>\n\
         <rect width='{width}' height='{height}' fill='white'/>\n"
    );
    for (number, (scene, runs)) in plots.iter().enumerate() {
        let axes = Axes {
            top: TOP + PITCH * number as f64,
            seconds: seconds(runs),
            calls: scene.rows as f64,
        };
        plot(&mut svg, &axes, scene, runs);
    }
    svg.push_str("</svg>\n");
    svg
}

/// The end of the axis: the last accepted call, rounded up.
fn seconds(runs: &[Run]) -> f64 {
    let last = runs.iter().filter_map(|run| run.accepted_at.last()).max();
    let last = last.map_or(0.0, Duration::as_secs_f64);
    (last / 5.0).ceil().max(1.0) * 5.0
}

fn plot(svg: &mut String, axes: &Axes, scene: &Scene, runs: &[Run]) {
    let title = format!(
        "{} upserts, {} window: {} calls per {:?}",
        scene.rows,
        scene.kind,
        scene.quota.limit(),
        scene.quota.window(),
    );
    text(
        svg,
        LEFT,
        axes.top - 16.0,
        "start",
        &format!("<tspan font-weight='bold'>{title}</tspan>"),
    );
    let steps = staircase(scene, axes);
    let (left, right, bottom) = (axes.x(0.0), axes.x(axes.seconds), axes.y(0.0));
    let area = axes.path(&steps);
    let _ = writeln!(
        svg,
        "<path d='{area}H{right}V{bottom}H{left}Z' fill='{QUOTA}'/>"
    );
    axes.draw(svg);
    legend(svg, axes, 0, QUOTA, "what the quota allows");
    for (number, (run, colour)) in runs.iter().zip(COLOURS).enumerate().rev() {
        curve(svg, axes, run, colour);
        legend(svg, axes, number + 1, colour, &run.way.to_string());
    }
}

/// The most that can have been accepted by each moment: a limit's worth more with each window, from the start.
fn staircase(scene: &Scene, axes: &Axes) -> Vec<(f64, f64)> {
    let window = scene.quota.window().as_secs_f64();
    let limit = f64::from(scene.quota.limit());
    let windows = (axes.seconds / window) as u64;
    (0..=windows)
        .map(|number| number as f64)
        .map(|number| (number * window, ((number + 1.0) * limit).min(axes.calls)))
        .collect()
}

fn curve(svg: &mut String, axes: &Axes, run: &Run, colour: &str) {
    let calls = run.accepted_at.iter().zip(1_u32..);
    let mut steps: Vec<_> = calls
        .map(|(at, calls)| (at.as_secs_f64(), f64::from(calls)))
        .collect();
    // Of the steps that end in one pixel, the last.
    let pixel = |step: &(f64, f64)| axes.x(step.0) as i64;
    steps.reverse();
    steps.dedup_by_key(|step| pixel(step));
    steps.reverse();

    let (wide, dashes) = match run.way {
        Way::Stream | Way::Tasks => (2.5, ""),
        Way::Shares | Way::Strangers => (1.5, " stroke-dasharray='5 3'"),
        _ => (1.5, ""),
    };
    let _ = writeln!(
        svg,
        "<path d='{}' fill='none' stroke='{colour}' stroke-width='{wide}'{dashes}/>",
        axes.path(&steps),
    );
}

fn legend(svg: &mut String, axes: &Axes, line: usize, colour: &str, label: &str) {
    let (x, y) = (LEFT + WIDTH + 20.0, axes.top + 10.0 + 20.0 * line as f64);
    let _ = writeln!(
        svg,
        "<rect x='{x}' y='{}' width='18' height='6' fill='{colour}'/>",
        y - 7.0
    );
    text(svg, x + 26.0, y, "start", label);
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text x='{x:.0}' y='{y:.0}' text-anchor='{anchor}'>{words}</text>"
    );
}

impl Axes {
    fn x(&self, seconds: f64) -> f64 {
        LEFT + WIDTH * seconds / self.seconds
    }

    fn y(&self, calls: f64) -> f64 {
        self.top + HEIGHT * (1.0 - calls / self.calls)
    }

    /// A line that goes up in steps, from nothing.
    fn path(&self, steps: &[(f64, f64)]) -> String {
        let mut path = format!("M{:.0} {:.0}", self.x(0.0), self.y(0.0));
        for (seconds, calls) in steps {
            let _ = write!(path, "H{:.1}V{:.1}", self.x(*seconds), self.y(*calls));
        }
        path
    }

    fn draw(&self, svg: &mut String) {
        let (left, right, bottom) = (self.x(0.0), self.x(self.seconds), self.y(0.0));
        let top = self.top;
        let _ = writeln!(
            svg,
            "<path d='M{left} {top}V{bottom}H{right}' fill='none' stroke='black'/>"
        );
        for tick in 0..=5 {
            let part = f64::from(tick) / 5.0;
            let (seconds, calls) = (self.seconds * part, self.calls * part);
            text(
                svg,
                self.x(seconds),
                bottom + 18.0,
                "middle",
                &format!("{seconds:.0}"),
            );
            text(
                svg,
                left - 8.0,
                self.y(calls) + 4.0,
                "end",
                &format!("{calls:.0}"),
            );
        }
        text(
            svg,
            left + WIDTH / 2.0,
            bottom + 38.0,
            "middle",
            "seconds since the start",
        );
        let (x, y) = (left - 48.0, top + HEIGHT / 2.0);
        let _ = writeln!(
            svg,
            "<text transform='translate({x} {y}) rotate(-90)' text-anchor='middle'>accepted calls</text>"
        );
    }
}

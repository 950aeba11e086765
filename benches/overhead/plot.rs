//! Throughput beside that of bare reqwest, as an SVG: the median as a bar, and the half of all rounds as a line.

use std::fmt::Write;

use super::{load::Load, rounds::Rounds, way::Way};

const LEFT: f64 = 230.0;
const WIDTH: f64 = 420.0;
const BAR: f64 = 20.0;
const PITCH: f64 = 28.0;
const TOP: f64 = 44.0;
const RIGHT: f64 = 70.0;

/// Where the axis ends, of bare reqwest's throughput.
const MOST: f64 = 1.25;

/// Okabe and Ito's colours, which colour-blind readers can distinguish.
const COLOURS: [&str; Way::ALL.len()] = ["#999999", "#cccccc", "#e69f00", "#0072b2"];

/// Draws a group of bars for each load, one below the other.
pub fn svg(measured: &[(Load, Rounds)]) -> String {
    let group = TOP + PITCH * Way::ALL.len() as f64;
    let (width, height) = (LEFT + WIDTH + RIGHT, group * measured.len() as f64 + 16.0);
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' \
         font-family='sans-serif' font-size='13'>\n\
         <title>Throughput of upserts as a multiple of bare reqwest's</title>\n\
         <rect width='{width}' height='{height}' fill='white'/>\n"
    );
    for (number, (load, rounds)) in measured.iter().enumerate() {
        let top = TOP + group * number as f64;
        let title_y = top - 14.0;
        let _ = writeln!(
            svg,
            "<text x='16' y='{title_y}' font-weight='bold'>{load}: throughput, reqwest = 1</text>"
        );
        for (line, (way, colour)) in Way::ALL.into_iter().zip(COLOURS).enumerate() {
            bar(&mut svg, top + PITCH * line as f64, way, rounds, colour);
        }
        let (one, bottom) = (x(1.0), top + PITCH * Way::ALL.len() as f64);
        let _ = writeln!(
            svg,
            "<path d='M{one} {}V{bottom}' stroke='black' stroke-dasharray='3 3'/>",
            top - 6.0
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn x(ratio: f64) -> f64 {
    LEFT + WIDTH * ratio.min(MOST) / MOST
}

fn bar(svg: &mut String, top: f64, way: Way, rounds: &Rounds, colour: &str) {
    let ratio = rounds.throughput(way);
    let middle = top + BAR / 2.0;
    let (width, label_x) = (x(ratio.median) - LEFT, LEFT - 10.0);
    let (lower, upper, words_x) = (x(ratio.lower), x(ratio.upper), LEFT + WIDTH + 10.0);
    let text_y = middle + 4.5;
    let _ = writeln!(
        svg,
        "<text x='{label_x}' y='{text_y}' text-anchor='end'>{way}</text>\n\
         <rect x='{LEFT}' y='{top}' width='{width:.1}' height='{BAR}' fill='{colour}'/>\n\
         <path d='M{lower:.1} {middle}H{upper:.1}' stroke='black' stroke-width='2'/>\n\
         <text x='{words_x}' y='{text_y}'>{:.3}</text>",
        ratio.median
    );
}

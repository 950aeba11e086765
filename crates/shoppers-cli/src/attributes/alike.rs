//! Which name was probably meant.

/// The alike of two names from which on one is suggested for the other.
const ALIKE: f64 = 0.8;

/// A longer name is like none, and comparing it would take long.
const LONGEST: usize = 100;

/// The one of the names that is most like this one, if any is like it.
pub(super) fn nearest<'a>(name: &str, names: &'a [String]) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = Alike::new(name);
    let scored = names
        .iter()
        .map(|known| (name.score(&Alike::new(known)), known));
    // The first of equals, as `max_by` takes the last.
    let best = scored
        .rev()
        .filter(|(score, _)| *score >= ALIKE)
        .max_by(|(left, _), (right, _)| left.total_cmp(right));
    best.map(|(_, known)| known.as_str())
}

/// Whether a name is one of these, or the part of one behind its last dot, but for case, blanks and punctuation.
pub(super) fn is_one_of(name: &str, names: &[String]) -> bool {
    let name = Alike::new(name).whole;
    !name.is_empty()
        && names
            .iter()
            .map(|known| Alike::new(known))
            .any(|known| known.whole == name || known.last == name)
}

/// A name in the forms in which it is compared.
struct Alike {
    whole: String,
    /// Behind the last dot.
    last: String,
}

impl Alike {
    fn new(name: &str) -> Self {
        let bare = |text: &str| {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        Self {
            whole: bare(name),
            last: bare(name.rsplit('.').next().unwrap_or_default()),
        }
    }

    /// How alike two names are, from 0 to 1.
    fn score(&self, known: &Self) -> f64 {
        let whole = strsim::jaro_winkler(&self.whole, &known.whole);
        let last = strsim::jaro_winkler(&self.last, &known.last);
        let last = match self.last.len() > 2 && known.last.ends_with(&self.last) {
            // `phone` is enough of `mobile_phone`.
            true => last.max(0.95),
            false => last,
        };
        // Of two that end alike, the one whose beginning is more like it, if it has one.
        let beginning = match self.whole == self.last {
            true => 0.0,
            false => 0.05 * (1.0 - whole),
        };
        whole.max(last - beginning)
    }
}

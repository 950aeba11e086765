//! Similarity of attribute names, for suggestions.

/// The similarity from which on a name is suggested for another.
const SIMILAR: f64 = 0.8;

/// A longer name resembles no attribute, and comparing it would take long.
const LONGEST: usize = 100;

/// Returns the name that is most similar to this one, if any is similar.
pub(super) fn nearest<'a>(name: &str, names: &'a [String]) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = Normalized::new(name);
    let scored = names
        .iter()
        .map(|known| (name.similarity(&Normalized::new(known)), known));
    // Reversed, as `max_by` returns the last of equals, and the first is wanted.
    let best = scored
        .rev()
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|(left, _), (right, _)| left.total_cmp(right));
    best.map(|(_, known)| known.as_str())
}

/// Returns `true` if a name is one of these, or the last part of one, apart from case, blanks and punctuation.
pub(super) fn is_one_of(name: &str, names: &[String]) -> bool {
    let name = Normalized::new(name).whole;
    let mut known = names.iter().map(|known| Normalized::new(known));
    !name.is_empty() && known.any(|known| known.whole == name || known.last == name)
}

/// A name in lower case without blanks and punctuation.
struct Normalized {
    whole: String,
    /// The part after the last dot.
    last: String,
}

impl Normalized {
    fn new(name: &str) -> Self {
        let normalized = |text: &str| {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        Self {
            whole: normalized(name),
            last: normalized(name.rsplit('.').next().unwrap_or_default()),
        }
    }

    /// The similarity of two names, from 0 to 1.
    fn similarity(&self, known: &Self) -> f64 {
        let whole = strsim::jaro_winkler(&self.whole, &known.whole);
        let mut last = strsim::jaro_winkler(&self.last, &known.last);
        if self.last.len() > 2 && known.last.ends_with(&self.last) {
            // `phone` is enough of `mobile_phone`.
            last = last.max(0.95);
        }
        if self.whole != self.last {
            // Of two with the same last part, the one with the more similar beginning.
            last -= 0.05 * (1.0 - whole);
        }
        whole.max(last)
    }
}

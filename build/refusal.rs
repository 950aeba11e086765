//! The reasons why documents are not made into a client.

use std::fmt;

use super::{Source, place::Place, yaml};

/// A sentence that names file, line, place and remedy.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// `file:line`, once it is known.
    at: Option<String>,
    place: Option<Place>,
    what: String,
}

impl Refusal {
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            at: None,
            place: None,
            what: what.into(),
        }
    }

    pub fn at(place: &Place, what: impl fmt::Display) -> Self {
        Self {
            at: None,
            place: Some(place.clone()),
            what: what.to_string(),
        }
    }

    /// Adds the file, and the line if it has the place or what the place is in.
    pub fn in_file(self, source: &Source) -> Self {
        let keys = self.place.as_ref().map(Place::keys).unwrap_or_default();
        let line = yaml::nearest(&source.text, &keys).map(|it| it.line);
        self.in_line(&source.file, line)
    }

    /// As [`in_file`](Self::in_file), for a place below the `update` of an overlay.
    pub fn in_overlay(self, overlay: &Source) -> Self {
        let keys = self.place.as_ref().map(update).unwrap_or_default();
        let line = yaml::nearest(&overlay.text, &keys).map(|it| it.line);
        self.in_line(&overlay.file, line)
    }

    /// Adds the file that comes closest to the place, the overlay first, as it has the last word.
    pub fn in_any(self, documents: &[Source], overlay: Option<&Source>) -> Self {
        let Some(place) = &self.place else {
            return self;
        };
        let (keys, over) = (place.keys(), update(place));
        let above = over.len() - keys.len();
        let mut found: Option<(usize, &Source, usize)> = None;
        let in_overlay = overlay.map(|it| (it, &over, above));
        for (source, keys, above) in in_overlay
            .into_iter()
            .chain(documents.iter().map(|it| (it, &keys, 0)))
        {
            if let Some(nearest) = yaml::nearest(&source.text, keys) {
                let depth = nearest.depth.saturating_sub(above);
                if depth > 0 && found.is_none_or(|(most, ..)| depth > most) {
                    found = Some((depth, source, nearest.line));
                }
            }
        }
        match (found, documents.first()) {
            (Some((_, source, line)), _) => self.in_line(&source.file, Some(line)),
            (None, Some(source)) => self.in_line(&source.file, None),
            (None, None) => self,
        }
    }

    pub fn in_line(mut self, file: &str, line: Option<usize>) -> Self {
        if self.at.is_none() {
            self.at = Some(match line {
                Some(line) => format!("{file}:{line}"),
                None => file.to_owned(),
            });
        }
        self
    }
}

/// The keys of a place, as an overlay has them.
fn update(place: &Place) -> Vec<String> {
    let above = ["actions", "0", "update"].map(str::to_owned);
    above.into_iter().chain(place.keys()).collect()
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = &self.at {
            write!(f, "{at}: ")?;
        }
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for Refusal {}

/// Everything that is wrong, a line each.
#[derive(Debug, Default, PartialEq)]
pub struct Refusals(Vec<Refusal>);

impl Refusals {
    pub fn push(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    /// Takes what a step refuses, or gives what it made.
    pub fn take<T>(&mut self, made: Result<T, impl Into<Self>>) -> Option<T> {
        match made {
            Ok(made) => Some(made),
            Err(refusals) => {
                self.0.extend(refusals.into().0);
                None
            }
        }
    }

    pub fn map(self, change: impl FnMut(Refusal) -> Refusal) -> Self {
        Self(self.0.into_iter().map(change).collect())
    }

    #[allow(dead_code)] // For regen, which lists them.
    pub fn iter(&self) -> impl Iterator<Item = &Refusal> {
        self.0.iter()
    }

    /// Gives `made` if nothing was refused.
    pub fn or<T>(self, made: T) -> Result<T, Self> {
        if self.0.is_empty() {
            Ok(made)
        } else {
            Err(self)
        }
    }
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, refusal) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{refusal}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusals {}

//! How far an extraction came.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use shoppers::Cursor;

use super::{record::RecordHash, seen::Hashes, sink::Extent, window::Window};
use crate::{exit::Failure, time::Moment};

pub use file::{StateFile, read};

mod file;

/// The version of the format.
const VERSION: u32 = 1;

/// The time before the end of the last run at which the next one begins: by its pages BSPK ranges by creation or by
/// change, which differ, and it is not documented when a record can be seen.
const OVERLAP: Duration = Duration::from_secs(3600);

/// How far an extraction came. It holds no person's data but the ids in a cursor's filter, of which there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// The operation.
    group: String,
    base_url: String,
    /// The beginning of the first run.
    since: Moment,
    /// The end of the last run that came to its end.
    done: Option<Moment>,
    /// The run that did not.
    pub run: Option<Run>,
    /// The file of the records.
    pub file: Option<Extent>,
    pub salt: RecordHash,
    /// The records that may come again.
    pub seen: Hashes,
}

/// A run that is not at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The end, which stays as it was when the run began.
    pub until: Moment,
    /// The window that is being read.
    pub window: Window,
    /// The page of it to go on from.
    pub page: Option<Cursor>,
    /// The records of the window that came, with those that came twice.
    pub received: u64,
    /// Those without them.
    distinct: u64,
    /// The most records that the window had by a page.
    pub counted: u64,
    /// That number was not the same on all pages.
    has_drifted: bool,
    /// The records of the windows before that came.
    pub before: u64,
    /// The records of the whole run, by its first page.
    pub expected: Option<u64>,
    /// The windows that had fewer records than was said.
    pub short: Vec<Window>,
}

/// An extraction, as the command line has it.
pub struct Origin {
    pub group: &'static str,
    pub base_url: String,
    pub since: Option<Moment>,
    pub until: Option<Moment>,
    pub now: Moment,
}

impl State {
    /// Continues what was `found`, or begins. A state of another extraction is refused.
    pub fn begin(found: Option<Self>, origin: Origin) -> Result<Self, Failure> {
        let mut state = match found {
            Some(found) => found.checked(&origin)?,
            None => Self {
                version: VERSION,
                group: origin.group.to_owned(),
                base_url: origin.base_url,
                since: origin.since.unwrap_or(Moment(0)),
                done: None,
                run: None,
                file: None,
                salt: salt(),
                seen: Hashes::new(),
            },
        };
        if state.run.is_some() {
            return Ok(state);
        }
        let until = origin.until.unwrap_or(origin.now);
        if state.done.is_some_and(|done| until < done) {
            let next = "give a later --until, or leave it out to extract all up to now";
            return Err(Failure::usage("earlier runs went further than --until").next(next));
        }
        let since = state.done.map(|it| it.before(OVERLAP));
        let from = since.map_or(state.since, |it| it.max(state.since));
        // The first attempt at a window is all of it.
        state.run = Some(Run::new(
            until,
            Window {
                from: from.min(until),
                to: until,
            },
        ));
        Ok(state)
    }

    fn checked(self, origin: &Origin) -> Result<Self, Failure> {
        let fault = |what: &str| {
            Failure::usage(format!("the state is of {what}")).next("choose another with --state")
        };
        if self.group != origin.group {
            return Err(fault("another list"));
        }
        if self.base_url != origin.base_url {
            return Err(fault("another base URL"));
        }
        if origin.since.is_some_and(|since| since != self.since) {
            return Err(fault(&format!(
                "an extraction since {}, not since that of --since",
                self.since
            )));
        }
        let frozen = self.run.as_ref().map(|it| it.until);
        if let (Some(frozen), Some(until)) = (frozen, origin.until)
            && frozen != until
        {
            return Err(fault(&format!(
                "a run until {frozen} that has not come to its end; leave --until out to continue it"
            )));
        }
        Ok(self)
    }

    /// The window to read first.
    pub fn window(&self) -> Window {
        let window = self.run.as_ref().map(|it| it.window);
        window.unwrap_or(Window {
            from: self.since,
            to: self.since,
        })
    }

    /// The records of the whole run, if that is known.
    pub fn expected(&self) -> Option<u64> {
        self.run.as_ref()?.expected
    }

    /// The records of the run that came.
    pub fn received(&self) -> u64 {
        self.run.as_ref().map_or(0, |it| it.before + it.received)
    }

    /// The beginning of the next list that may hold records of the current window again: that of the next window, or of the
    /// next run.
    pub fn next_from(&self) -> Moment {
        match &self.run {
            Some(run) if run.window.to < run.until => run.window.to,
            Some(run) => run.until.before(OVERLAP),
            None => self.since,
        }
    }

    /// The same, with the file of its records and those that may come again.
    pub fn with(&self, file: Option<Extent>, seen: Hashes) -> Self {
        Self {
            file: file.or_else(|| self.file.clone()),
            seen,
            ..self.clone()
        }
    }

    /// Ends the run.
    pub fn finish(&mut self) {
        self.done = self.run.take().map(|it| it.until);
    }
}

impl Run {
    fn new(until: Moment, window: Window) -> Self {
        Self {
            until,
            window,
            page: None,
            received: 0,
            distinct: 0,
            counted: 0,
            has_drifted: false,
            before: 0,
            expected: None,
            short: Vec::new(),
        }
    }

    /// Counts the records of a page.
    pub fn take(&mut self, received: u64, distinct: u64, total: Option<u64>) {
        let total = total.unwrap_or(self.counted);
        self.has_drifted |= self.received > 0 && total != self.counted;
        self.counted = self.counted.max(total);
        self.received += received;
        self.distinct += distinct;
    }

    /// The records of the window that came. If their number has changed meanwhile, pages may have shifted, and what came twice
    /// stands for what did not come; otherwise two equal records are two.
    pub fn came(&self) -> u64 {
        if self.has_drifted {
            self.distinct
        } else {
            self.received
        }
    }

    /// The records of the run that are still to come, if their number is known.
    pub fn remain(&self) -> Option<u64> {
        let came = self.before + self.received;
        Some(self.expected?.saturating_sub(came))
    }

    /// Begins the next window.
    pub fn enter(&mut self, window: Window) {
        *self = Self {
            before: self.before + self.received,
            expected: self.expected,
            short: std::mem::take(&mut self.short),
            ..Self::new(self.until, window)
        };
    }
}

/// A number that no one can guess.
fn salt() -> RecordHash {
    let random = || u128::from(RandomState::new().build_hasher().finish());
    RecordHash(random() << 64 | random())
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn origin(since: Option<i64>, until: Option<i64>) -> Origin {
        Origin {
            group: "list_messages",
            base_url: "https://api.bspk.com".to_owned(),
            since: since.map(Moment),
            until: until.map(Moment),
            now: Moment(100_000),
        }
    }

    fn window(from: i64, to: i64) -> Window {
        Window {
            from: Moment(from),
            to: Moment(to),
        }
    }

    fn refusal(found: &State, origin: Origin) -> String {
        State::begin(Some(found.clone()), origin)
            .unwrap_err()
            .text()
    }

    #[test]
    fn the_next_run_begins_an_hour_before_the_end_of_the_last_one() {
        let first = State::begin(None, origin(None, Some(90_000))).unwrap();
        assert_eq!(first.window(), window(0, 90_000));
        let mut done = first;
        done.finish();

        let next = State::begin(Some(done.clone()), origin(None, None)).unwrap();
        let early = State::begin(None, origin(Some(89_000), Some(90_000))).unwrap();
        let mut early = early;
        early.finish();
        let early = State::begin(Some(early), origin(Some(89_000), None)).unwrap();

        assert_eq!(next.window(), window(86_400, 100_000));
        assert_eq!(
            early.window(),
            window(89_000, 100_000),
            "not before --since"
        );
        assert!(refusal(&done, origin(None, Some(80_000))).contains("went further"));
    }

    #[test]
    fn a_run_that_was_stopped_keeps_its_end_and_its_page() {
        let mut state = State::begin(None, origin(None, Some(90_000))).unwrap();
        let run = state.run.as_mut().unwrap();
        run.enter(window(10, 20));
        run.page = Some("/a?page=2".parse().unwrap());

        let found = serde_json::to_string(&state).unwrap();
        let found: State = serde_json::from_str(&found).unwrap();
        let next = State::begin(Some(found.clone()), origin(None, None)).unwrap();

        assert_eq!((&next, next.window()), (&state, window(10, 20)));
        assert!(refusal(&found, origin(None, Some(95_000))).contains("leave --until out"));
    }

    #[test]
    fn what_came_twice_does_not_count_once_the_total_has_changed() {
        for (pages, expected) in [
            ([(100, 100, Some(150)), (50, 50, Some(150))], (150, 150)),
            ([(100, 90, Some(150)), (50, 50, Some(150))], (150, 150)),
            ([(100, 100, Some(150)), (50, 49, Some(149))], (149, 150)),
            ([(100, 100, Some(150)), (50, 49, Some(151))], (149, 151)),
            ([(100, 100, None), (50, 50, None)], (150, 0)),
        ] {
            let mut run = Run::new(Moment(1), window(0, 1));

            for (received, distinct, total) in pages {
                run.take(received, distinct, total);
            }

            assert_eq!((run.came(), run.counted), expected, "{pages:?}");
        }
    }

    #[test]
    fn a_state_of_another_extraction_is_refused() {
        let state = State::begin(None, origin(Some(7), None)).unwrap();
        let list = Origin {
            group: "list_notes",
            ..origin(None, None)
        };
        let address = Origin {
            base_url: "http://127.0.0.1:1".to_owned(),
            ..origin(None, None)
        };

        for (origin, expected) in [
            (list, "another list"),
            (address, "another base URL"),
            (
                origin(Some(8), None),
                "an extraction since 1970-01-01T00:00:07Z",
            ),
        ] {
            let text = refusal(&state, origin);

            assert!(
                text.contains(expected) && text.contains("--state"),
                "{text}"
            );
        }
    }
}

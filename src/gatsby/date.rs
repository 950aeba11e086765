//! A day, as Gatsby's export takes it.

use std::{fmt, str::FromStr};

use crate::{
    invalid_value::InvalidValue,
    text::{digits, last_day, wire_text},
};

const INVALID: InvalidValue =
    InvalidValue("invalid date: expected MM-DD-YYYY with a day that exists");

/// A day in a filter of Gatsby's export, which travels as `MM-DD-YYYY`. `Debug` does not show it.
///
/// # Example: the last day of a month
///
/// ```
/// use shoppers::gatsby::Date;
///
/// let date = Date::new(2026, 1, 31)?;
/// assert_eq!(date.to_string(), "01-31-2026");
/// assert_eq!("01-31-2026".parse(), Ok(date));
/// assert!("2026-01-31".parse::<Date>().is_err());
/// # Ok::<(), shoppers::gatsby::InvalidValue>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

wire_text!(Date, INVALID, {
    "description": "A day that exists, as MM-DD-YYYY.",
    "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])-[0-9]{4}$",
    "examples": ["01-31-2026"],
});

impl Date {
    /// A day of the Gregorian calendar.
    ///
    /// # Errors
    ///
    /// If the year is not within 1 to 9999, or has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidValue> {
        let exists = (1..=9999).contains(&year) && (1..=last_day(Some(year), month)).contains(&day);
        exists.then_some(Self { year, month, day }).ok_or(INVALID)
    }

    /// The year.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The month, from 1.
    pub fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(&self) -> u8 {
        self.day
    }
}

impl FromStr for Date {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().unwrap_or_default();
        let (month, day, year) = (digits(next(), 2), digits(next(), 2), digits(next(), 4));
        match (month, day, year) {
            (Some(month), Some(day), Some(year)) => Self::new(year, month, day),
            _ => Err(INVALID),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{month:02}-{day:02}-{year:04}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_exists_reads_back_and_any_other_text_is_refused() {
        for (text, year, month, day) in [
            ("01-31-2026", 2026, 1, 31),
            ("02-29-2024", 2024, 2, 29),
            ("12-01-0001", 1, 12, 1),
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!((date.year(), date.month(), date.day()), (year, month, day));
            assert_eq!(date.to_string(), text);
            assert_eq!(serde_json::to_value(date).unwrap(), text);
        }
        for text in [
            "",
            "2026-01-31",
            "31-01-2026",
            "1-31-2026",
            "01-31-26",
            "01/31/2026",
            "02-29-2026",
            "00-10-2026",
            "01-00-2026",
            "01-31-0000",
            "01-31-2026-",
            " 01-31-2026",
            "+1-31-2026",
            "01-31-2026T00:00:00Z",
            "256-01-2026",
        ] {
            assert_eq!(text.parse::<Date>(), Err(INVALID), "{text:?}");
        }
    }
}

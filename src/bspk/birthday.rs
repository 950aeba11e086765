//! A shopper's birthday, with or without its year.

use std::{fmt, str::FromStr};

use crate::{
    invalid_value::InvalidValue,
    text::{digits, last_day, wire_text},
};

const INVALID: InvalidValue =
    InvalidValue("invalid birthday: expected YYYY-MM-DD or MM-DD with a day that exists");

/// A birthday, full (`1982-02-22`) or partial (`02-22`).
///
/// The day exists: there is no 31 April, and no 29 February in 2023. Without a year 29 February may exist, so it is
/// accepted. Only digits are, and only in full: neither `2-22` nor ` 02-22`. `Debug` does not show it.
///
/// # Example: a shopper who keeps the year to herself
///
/// ```
/// use shoppers::bspk::Birthday;
///
/// let birthday: Birthday = "02-22".parse()?;
/// assert_eq!((birthday.year(), birthday.month(), birthday.day()), (None, 2, 22));
/// assert_eq!(birthday, Birthday::partial(2, 22)?);
/// # Ok::<(), shoppers::bspk::InvalidValue>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Birthday {
    year: Option<u16>,
    month: u8,
    day: u8,
}

wire_text!(Birthday, INVALID, {
    "description": "A birthday, full (YYYY-MM-DD) or partial (MM-DD), of a day that exists.",
    "pattern": PATTERN,
    "examples": ["1982-02-22", "02-22"],
});

/// The days that exist: those of every year and of none, 29 February of none, and 29 February of a leap year.
#[cfg(feature = "schemars")]
const PATTERN: &str = concat!(
    "^(([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-)?",
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$",
    "|^02-29$",
    "|^([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29$",
);

impl Birthday {
    /// A birthday with its year.
    ///
    /// # Errors
    ///
    /// If the year is not within 1 to 9999, or has no such day.
    pub fn full(year: u16, month: u8, day: u8) -> Result<Birthday, InvalidValue> {
        match year {
            1..=9999 => Birthday::checked(Some(year), month, day),
            _ => Err(INVALID),
        }
    }

    /// A birthday without its year.
    ///
    /// # Errors
    ///
    /// If no year has such a day.
    pub fn partial(month: u8, day: u8) -> Result<Birthday, InvalidValue> {
        Birthday::checked(None, month, day)
    }

    /// The year, if the birthday is full.
    pub fn year(&self) -> Option<u16> {
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

    fn checked(year: Option<u16>, month: u8, day: u8) -> Result<Birthday, InvalidValue> {
        if (1..=last_day(year, month)).contains(&day) {
            Ok(Birthday { year, month, day })
        } else {
            Err(INVALID)
        }
    }
}

impl FromStr for Birthday {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Birthday, InvalidValue> {
        let parts: Vec<&str> = text.splitn(4, '-').collect();
        match parts[..] {
            [year, month, day] => {
                Birthday::full(number(year, 4)?, number(month, 2)?, number(day, 2)?)
            }
            [month, day] => Birthday::partial(number(month, 2)?, number(day, 2)?),
            _ => Err(INVALID),
        }
    }
}

fn number<T: FromStr>(text: &str, width: usize) -> Result<T, InvalidValue> {
    digits(text, width).ok_or(INVALID)
}

impl fmt::Display for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |number: u16, unit: u16| b'0' + (number / unit % 10) as u8;
        let (year, month, day) = (self.year.unwrap_or(0), self.month.into(), self.day.into());
        let full = [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
            b'-',
            digit(day, 10),
            digit(day, 1),
        ];
        // By the formatter, three numbers with their zeros take as long as five other attributes of a shopper.
        let text = match self.year {
            Some(_) => &full[..],
            None => &full[5..],
        };
        f.write_str(str::from_utf8(text).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_exists_is_kept() {
        let cases = [
            ("1982-02-22", Some(1982), 2, 22),
            ("0001-01-01", Some(1), 1, 1),
            ("9999-12-31", Some(9999), 12, 31),
            ("2000-02-29", Some(2000), 2, 29),
            ("2024-02-29", Some(2024), 2, 29),
            ("02-22", None, 2, 22),
            ("02-29", None, 2, 29),
            ("04-30", None, 4, 30),
        ];

        for (text, year, month, day) in cases {
            let birthday: Birthday = text.parse().unwrap();
            assert_eq!(
                (birthday.year(), birthday.month(), birthday.day()),
                (year, month, day),
                "{text}"
            );
            assert_eq!(birthday.to_string(), text);
        }
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        let long = "1".repeat(100_000);
        let dashes = "-".repeat(100_000);
        let cases = [
            "",
            "-",
            "--",
            "1982",
            "02-30",
            "02-31",
            "04-31",
            "00-10",
            "13-10",
            "10-00",
            "10-32",
            "2023-02-29",
            "1900-02-29",
            "0000-01-01",
            "82-02-22",
            "01982-02-22",
            "-1982-02-22",
            "+982-02-22",
            "1982-2-22",
            "1982-02-2",
            "1982-02-022",
            "1982-+2-22",
            "+2-22",
            "-2-22",
            "1982-02-22-",
            "1982-02-22T00:00:00Z",
            "1982/02/22",
            "22.02.1982",
            " 02-22",
            "02-22 ",
            "02-22\n",
            "02 -22",
            "٠٢-٢٢",
            "02\u{2010}22",
            "02-2\u{fe0f}",
            "02-22\0",
            &long,
            &dashes,
        ];

        for text in cases {
            assert_eq!(text.parse::<Birthday>(), Err(INVALID), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_checked_like_text() {
        let cases = [
            (Birthday::full(1982, 2, 22), true),
            (Birthday::full(2023, 2, 29), false),
            (Birthday::full(0, 1, 1), false),
            (Birthday::full(10_000, 1, 1), false),
            (Birthday::full(u16::MAX, u8::MAX, u8::MAX), false),
            (Birthday::partial(2, 29), true),
            (Birthday::partial(2, 30), false),
            (Birthday::partial(0, 1), false),
            (Birthday::partial(13, 1), false),
            (Birthday::partial(1, 0), false),
        ];

        for (number, (birthday, exists)) in cases.into_iter().enumerate() {
            assert_eq!(birthday.is_ok(), exists, "case {number}");
        }
    }

    #[test]
    fn every_day_of_every_year_reads_back() {
        let mut days = 0;
        for year in 1..=9999 {
            for month in 1..=12 {
                for day in 1..=31 {
                    if let Ok(birthday) = Birthday::full(year, month, day) {
                        days += 1;
                        if year % 97 == 0 {
                            assert_eq!(birthday.to_string().parse(), Ok(birthday));
                        }
                    }
                }
            }
        }

        // As many as the calendar has: 9999 years, of which 2424 are leap years.
        assert_eq!(days, 9999 * 365 + 2424);
    }

    #[test]
    fn it_travels_as_text() {
        for wire in [r#""1982-02-22""#, r#""02-22""#] {
            let birthday: Birthday = serde_json::from_str(wire).unwrap();
            assert_eq!(serde_json::to_string(&birthday).unwrap(), wire);
        }
        for wire in ["222", "null", "true", "[]", r#""02-31""#] {
            assert!(serde_json::from_str::<Birthday>(wire).is_err(), "{wire}");
        }
    }
}

//! The one error of values that cannot be sent.

use std::{error, fmt};

/// A value that a vendor has no form for.
///
/// It says which value, and what is allowed. It never quotes what it was given, because that may be a person's data.
///
/// # Example: a date that does not exist
///
/// ```
/// use shoppers::bspk::Birthday;
///
/// let err = "02-31".parse::<Birthday>().unwrap_err();
/// assert_eq!(
///     err.to_string(),
///     "invalid birthday: expected YYYY-MM-DD or MM-DD with a day that exists",
/// );
/// ```
// The message is a literal, so nothing of the input can get into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidValue(pub(crate) &'static str);

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl error::Error for InvalidValue {}

#[cfg(test)]
mod tests {
    use std::{
        error::Error,
        fmt::{Debug, Display},
        str::FromStr,
    };

    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        bspk::{Birthday, ContactChannel, Flag, Gender, IgnoreColumns, Languages, Preferences},
        gatsby::Date,
    };

    const WORD: &str = "planted";
    const NUMBER: u64 = 19_820_222;

    fn refusals<T>(wrong: &str) -> Vec<String>
    where
        T: FromStr<Err = InvalidValue> + DeserializeOwned + Debug,
        T: for<'a> TryFrom<&'a str, Error = InvalidValue> + TryFrom<String, Error = InvalidValue>,
    {
        let values = [
            wrong.parse::<T>(),
            T::try_from(wrong),
            T::try_from(wrong.to_owned()),
        ];
        let bodies: [Value; 6] = [
            json!(wrong),
            json!(NUMBER),
            json!(-i64::try_from(NUMBER).unwrap()),
            json!(NUMBER as f64 + 0.5),
            json!([WORD, NUMBER]),
            json!({ WORD: NUMBER }),
        ];

        let errors = values
            .into_iter()
            .map(|result| show(result.unwrap_err()))
            .chain(bodies.into_iter().flat_map(|body| {
                [
                    show(serde_json::from_str::<T>(&body.to_string()).unwrap_err()),
                    show(serde_json::from_value::<T>(body).unwrap_err()),
                ]
            }));
        errors.collect()
    }

    fn show<E: Error + Debug + Display>(err: E) -> String {
        assert!(err.source().is_none());
        format!("{err} {err:?} {err:#?}")
    }

    #[test]
    fn a_shoppers_data_is_in_no_debug_and_no_error() {
        let Ok(Gender::Other(gender)) = WORD.parse() else {
            unreachable!("no gender has this code")
        };
        let Ok(ContactChannel::Other(channel)) = WORD.parse() else {
            unreachable!("no channel has this name")
        };
        let values: [(&dyn Debug, &str); 14] = [
            (&Birthday::full(1982, 2, 22), "Ok(Birthday(..))"),
            (&Birthday::partial(2, 22), "Ok(Birthday(..))"),
            (&Date::new(1982, 2, 22), "Ok(Date(..))"),
            (&Flag::from(true), "Flag(..)"),
            (&Gender::Male, "Gender(..)"),
            (&Gender::Other(gender.clone()), "Gender(..)"),
            (&gender, "OtherGender(..)"),
            (&ContactChannel::Email, "ContactChannel(..)"),
            (
                &ContactChannel::Other(channel.clone()),
                "ContactChannel(..)",
            ),
            (&channel, "OtherContactChannel(..)"),
            (&Languages::new([WORD]), "Ok(Languages(..))"),
            (&IgnoreColumns::new([WORD]), "Ok(IgnoreColumns(..))"),
            (&Preferences::flat([WORD]), "Ok(Preferences(..))"),
            (
                &Preferences::groups([(WORD, [WORD])]),
                "Ok(Preferences(..))",
            ),
        ];
        let errors = [
            refusals::<Birthday>("planted"),
            refusals::<Birthday>("1982-02-22-planted"),
            refusals::<Birthday>("19820222"),
            refusals::<Date>("planted"),
            refusals::<Date>("02-22-1982-planted"),
            refusals::<Flag>("planted"),
            refusals::<Gender>(""),
            refusals::<ContactChannel>(""),
            refusals::<Languages>("planted;;"),
            refusals::<IgnoreColumns>("planted;;"),
            refusals::<Preferences>("planted;;"),
            refusals::<Preferences>("planted:planted;planted"),
            refusals::<Preferences>("planted:a;planted:b"),
        ];

        for (value, shown) in values {
            assert_eq!(format!("{value:?}"), shown);
        }
        for shown in errors.iter().flatten() {
            assert!(!shown.contains(WORD), "{shown}");
            assert!(!shown.contains("1982"), "{shown}");
            assert!(shown.contains(": expected "), "{shown}");
        }
    }

    #[test]
    fn a_message_is_lower_case_and_has_no_full_stop() {
        let errors = [
            "".parse::<Birthday>().unwrap_err(),
            "".parse::<Date>().unwrap_err(),
            "".parse::<Flag>().unwrap_err(),
            "".parse::<Gender>().unwrap_err(),
            "".parse::<ContactChannel>().unwrap_err(),
            "".parse::<Languages>().unwrap_err(),
            "".parse::<IgnoreColumns>().unwrap_err(),
            "".parse::<Preferences>().unwrap_err(),
        ];

        for err in errors {
            let message = err.to_string();
            assert!(message.starts_with("invalid "), "{message}");
            assert!(message.contains(": expected "), "{message}");
            assert!(!message.ends_with('.'), "{message}");
        }
    }
}

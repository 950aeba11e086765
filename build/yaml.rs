//! Reads YAML 1.2 by its core schema, of which JSON is a part: every document and overlay is read by [`read`].
//!
//! `NO`, `yes`, `on` and `y` are texts, as are keys such as `200`. What OpenAPI has no use for is refused rather than
//! guessed at: merge keys, tags of one's own, numbers that JSON does not have, a key that stands twice. serde-saphyr 2.1, on the
//! same parser, would be shorter, but reads `0b11` and `0O17` as numbers, `017` as 17.0 and a long integer as a float.

use std::{collections::HashMap, fmt};

use granit_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::{Number, Value};

use super::place::Place;

/// Maps and lists that may stand in one another; serde_json has the same bound.
const DEPTH: usize = 127;
/// Values that aliases may add to a document, so that a few lines cannot fill the memory.
const COPIES: usize = 1_000_000;

/// A value whose maps keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The same without the order of keys.
    pub fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(it) => Value::Bool(it),
            Self::Number(it) => Value::Number(it),
            Self::Text(it) => Value::String(it),
            Self::List(items) => items.into_iter().map(Self::into_value).collect(),
            Self::Map(entries) => entries
                .into_iter()
                .map(|(key, node)| (key, node.into_value()))
                .collect(),
        }
    }

    /// The number of values in it.
    fn size(&self) -> usize {
        match self {
            Self::List(items) => 1 + items.iter().map(Self::size).sum::<usize>(),
            Self::Map(entries) => 1 + entries.iter().map(|(_, node)| node.size()).sum::<usize>(),
            _ => 1,
        }
    }
}

/// The reason why a text cannot be read: the line, the place, the reason and the remedy.
#[derive(Debug, PartialEq)]
pub struct Unreadable {
    /// Counted from one.
    pub line: usize,
    /// Counted from one.
    pub column: usize,
    place: Place,
    what: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            place,
            what,
        } = self;
        write!(f, "line {line}, column {column}, at {place}: {what}")
    }
}

/// Reads one document, which has to be an object.
pub fn read(text: &str) -> Result<Node, Unreadable> {
    Loader::new(text.trim_start_matches('\u{feff}'), &[]).document()
}

/// The place of the first of some keys, below each other from the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The number of keys that were found.
    pub depth: usize,
    /// The line of the last of them.
    pub line: usize,
}

/// The place of the keys in a text, as far as it has them.
pub fn nearest(text: &str, keys: &[String]) -> Option<Nearest> {
    let mut loader = Loader::new(text.trim_start_matches('\u{feff}'), keys);
    // What was found before an error is where it says.
    let _ = loader.document();
    loader.found
}

/// Makes nodes of the parser's events.
struct Loader<'a> {
    events: Parser<'a, StrInput<'a>>,
    is_json: bool,
    /// The place of the last event.
    at: (usize, usize),
    path: Vec<String>,
    anchors: HashMap<usize, Node>,
    copies: usize,
    wanted: &'a [String],
    found: Option<Nearest>,
}

impl<'a> Loader<'a> {
    fn new(text: &'a str, wanted: &'a [String]) -> Self {
        Self {
            events: Parser::new_from_str(text),
            is_json: text.trim_start().starts_with('{'),
            at: (1, 1),
            path: Vec::new(),
            anchors: HashMap::new(),
            copies: 0,
            wanted,
            found: None,
        }
    }

    fn document(&mut self) -> Result<Node, Unreadable> {
        let first = loop {
            match self.next()? {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd => {
                    return Err(
                        self.refusal("is empty; expected an object, such as an OpenAPI document")
                    );
                }
                event => break event,
            }
        };
        let node = self.node(first)?;
        if !matches!(node, Node::Map(_)) {
            return Err(self.refusal("is not an object; expected lines such as `openapi: 3.0.3`"));
        }
        loop {
            match self.next()? {
                Event::StreamEnd => return Ok(node),
                Event::DocumentStart(..) => {
                    return Err(self.refusal(
                        "not YAML of one document: a second begins here; keep one of them",
                    ));
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<Event<'a>, Unreadable> {
        loop {
            match self.events.next_event() {
                Some(Ok((event, span))) => {
                    self.at = place(&span);
                    if !matches!(event, Event::Comment(..)) {
                        return Ok(event);
                    }
                }
                Some(Err(err)) => {
                    self.at = (err.marker().line(), err.marker().col() + 1);
                    let info = err.info();
                    let what = if self.is_json {
                        format!("not JSON: {info}; is the file whole?")
                    } else {
                        format!("not YAML: {info}")
                    };
                    return Err(self.refusal(what));
                }
                None => return Ok(Event::StreamEnd),
            }
        }
    }

    fn refusal(&self, what: impl fmt::Display) -> Unreadable {
        let (line, column) = self.at;
        Unreadable {
            line,
            column,
            place: below(&self.path),
            what: what.to_string(),
        }
    }

    fn node(&mut self, event: Event<'a>) -> Result<Node, Unreadable> {
        if self.path.len() > DEPTH {
            return Err(self.refusal(format_args!(
                "more than {DEPTH} values stand in one another; flatten it"
            )));
        }
        let (node, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain;
                let node = scalar(&text, is_plain, tag.as_deref());
                (node.map_err(|what| self.refusal(what))?, anchor)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.collection(tag.as_deref(), "seq")?;
                (self.list()?, anchor)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.collection(tag.as_deref(), "map")?;
                (self.map()?, anchor)
            }
            Event::Alias(anchor) => return self.alias(anchor),
            _ => return Err(self.refusal("not YAML: a value is missing; write it, or `null`")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn collection(&self, tag: Option<&Tag>, kind: &str) -> Result<(), Unreadable> {
        match tag {
            Some(tag) if !tag.is_yaml_core_schema_tag(kind) => Err(self.refusal(foreign(tag))),
            _ => Ok(()),
        }
    }

    fn list(&mut self) -> Result<Node, Unreadable> {
        let mut items = Vec::new();
        loop {
            let event = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(Node::List(items));
            }
            self.path.push(items.len().to_string());
            self.look();
            items.push(self.node(event)?);
            self.path.pop();
        }
    }

    fn map(&mut self) -> Result<Node, Unreadable> {
        let mut entries = Vec::new();
        let mut lines = HashMap::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => return Ok(Node::Map(entries)),
                Event::Scalar(text, style, ..) => {
                    if style == ScalarStyle::Plain && text == "<<" {
                        return Err(self.refusal(
                            "YAML 1.2 has no merge keys (`<<`); write the members out, or quote the key if it is a name",
                        ));
                    }
                    text.into_owned()
                }
                _ => return Err(self.refusal("a key has to be text; quote it, or write it out")),
            };
            self.path.push(key.clone());
            if let Some(before) = lines.insert(key.clone(), self.at.0) {
                return Err(self.refusal(format_args!(
                    "duplicate key, which stands in line {before} already; remove one of the two"
                )));
            }
            self.look();
            let event = self.next()?;
            entries.push((key, self.node(event)?));
            self.path.pop();
        }
    }

    /// Remembers the line if this is closer to the place that is looked for.
    fn look(&mut self) {
        let depth = self.path.len();
        if self.wanted.starts_with(&self.path) && self.found.is_none_or(|it| it.depth < depth) {
            self.found = Some(Nearest {
                depth,
                line: self.at.0,
            });
        }
    }

    fn alias(&mut self, anchor: usize) -> Result<Node, Unreadable> {
        let node = self.anchors.get(&anchor).cloned();
        let node = node.ok_or_else(|| {
            self.refusal("an alias of what it stands in has no end; write it out")
        })?;
        self.copies = self.copies.saturating_add(node.size());
        if self.copies > COPIES {
            return Err(self.refusal(format_args!(
                "its aliases stand for more than {COPIES} values; write out what is meant"
            )));
        }
        Ok(node)
    }
}

fn place(span: &Span) -> (usize, usize) {
    (span.start.line(), span.start.col() + 1)
}

fn below(path: &[String]) -> Place {
    path.iter().fold(Place::top(), |place, key| place.key(key))
}

fn foreign(tag: &Tag) -> String {
    format!(
        "the tag `{}` says nothing in OpenAPI; remove it",
        tag.original()
    )
}

/// A scalar by the core schema (YAML 1.2.2, section 10.3).
fn scalar(text: &str, is_plain: bool, tag: Option<&Tag>) -> Result<Node, String> {
    let said = || Node::Text(text.to_owned());
    let kind = match tag {
        None if is_plain => return plain(text),
        None => return Ok(said()),
        Some(tag) if tag.original() == "!" => return Ok(said()),
        Some(tag) => tag.core_suffix().ok_or_else(|| foreign(tag))?,
    };
    if kind == "str" {
        return Ok(said());
    }
    let node = plain(text)?;
    let is_kind = matches!(
        (kind, &node),
        ("null", Node::Null) | ("bool", Node::Bool(_)) | ("float", Node::Number(_))
    ) || matches!((kind, &node), ("int", Node::Number(it)) if !it.is_f64());
    is_kind
        .then_some(node)
        .ok_or_else(|| format!("is not of the type that its tag `!!{kind}` names; remove the tag"))
}

fn plain(text: &str) -> Result<Node, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Node::Null),
        "true" | "True" | "TRUE" => return Ok(Node::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Node::Bool(false)),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Err("is a number that JSON does not have; quote it if it is text".to_owned());
    }
    let too_large = || {
        "is a number of more than 64 bits; quote it if it is text, else write a smaller one"
            .to_owned()
    };
    let is_all = |digits: &str, of: fn(u8) -> bool| !digits.is_empty() && digits.bytes().all(of);
    for (prefix, radix, of) in [
        ("0o", 8, (|it| matches!(it, b'0'..=b'7')) as fn(u8) -> bool),
        ("0x", 16, |it| it.is_ascii_hexdigit()),
    ] {
        if let Some(digits) = text.strip_prefix(prefix).filter(|it| is_all(it, of)) {
            let number = u64::from_str_radix(digits, radix).map_err(|_| too_large())?;
            return Ok(Node::Number(number.into()));
        }
    }
    if is_all(unsigned, |it| it.is_ascii_digit()) {
        let number = if text.starts_with('-') {
            text.parse::<i64>().map(Number::from)
        } else {
            unsigned.parse::<u64>().map(Number::from)
        };
        return number.map(Node::Number).map_err(|_| too_large());
    }
    if is_float(unsigned) {
        let number = text.parse().ok().and_then(Number::from_f64);
        return number.map(Node::Number).ok_or_else(too_large);
    }
    Ok(Node::Text(text.to_owned()))
}

/// Returns `true` for `(\. [0-9]+ | [0-9]+ (\. [0-9]*)?) ([eE] [-+]? [0-9]+)?`.
fn is_float(unsigned: &str) -> bool {
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let has_number = !(whole.is_empty() && part.is_empty()) && is_digits(whole) && is_digits(part);
    let has_exponent = exponent.is_none_or(|it| {
        let digits = it.strip_prefix(['-', '+']).unwrap_or(it);
        !digits.is_empty() && is_digits(digits)
    });
    has_number && has_exponent
}

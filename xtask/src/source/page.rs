//! The operations that a Markdown page embeds.
//!
//! Pages of a Mintlify site hold one operation each, as a document of its own in a fenced block. The info string has two forms:
//! `yaml /file.json post /path` and `yaml get /path`.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::Problem;

/// A fenced block that holds an operation.
#[derive(Debug, PartialEq)]
pub struct Fragment {
    pub method: String,
    pub path: String,
    /// The document, byte for byte.
    pub text: String,
    /// The number of lines of the page above the document.
    pub line: usize,
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Every operation of a page, in its order.
pub fn fragments(page: &str) -> Result<Vec<Fragment>, Problem> {
    let mut found = Vec::new();
    for (event, range) in Parser::new(page).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else {
            continue;
        };
        let Some((method, path)) = operation(&info) else {
            continue;
        };
        let line = page[..range.start].matches('\n').count() + 1;
        let text = inside(&page[range]).ok_or_else(|| {
            Problem::new(format!(
                "line {line}: the block of `{method} {path}` is never closed, so the page is cut off; fetch the whole page"
            ))
        })?;
        found.push(Fragment {
            method,
            path,
            text: text.to_owned(),
            line,
        });
    }
    Ok(found)
}

/// The text between the fences of a block, or nothing if the second is missing.
fn inside(block: &str) -> Option<&str> {
    let (first, rest) = block.split_once('\n')?;
    let mark = first.chars().next()?;
    let fence = first.len() - first.trim_start_matches(mark).len();
    let whole = rest.trim_end();
    let at = whole.rfind('\n').map_or(0, |at| at + 1);
    let last = whole[at..].trim_start();
    let is_fence = last.len() >= fence && last.chars().all(|it| it == mark);
    is_fence.then(|| &rest[..at])
}

/// The operation that an info string names, the file before it being optional.
fn operation(info: &str) -> Option<(String, String)> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let (language, words) = words.split_first()?;
    if !["yaml", "yml", "json"].contains(language) {
        return None;
    }
    words.windows(2).take(2).find_map(|pair| {
        let method = pair[0].to_ascii_lowercase();
        let is_operation = METHODS.contains(&method.as_str()) && pair[1].starts_with('/');
        is_operation.then(|| (method, pair[1].to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_info_string_names_an_operation_with_or_without_a_file() {
        let cases = [
            (
                "yaml /api-reference/platform_v1.json post /api/shoppers",
                Some(("post", "/api/shoppers")),
            ),
            ("yaml get /api/messages", Some(("get", "/api/messages"))),
            ("yaml GET /api/messages  ", Some(("get", "/api/messages"))),
            (
                "yaml platform.json put /api/{ref}/metafields theme={null}",
                Some(("put", "/api/{ref}/metafields")),
            ),
            ("json theme={null}", None),
            ("yaml", None),
            ("", None),
            ("bash get /x", None),
            ("yaml fetch /x", None),
        ];

        for (info, expected) in cases {
            let expected = expected.map(|(method, path)| (method.to_owned(), path.to_owned()));
            assert_eq!(operation(info), expected, "{info}");
        }
    }

    #[test]
    fn a_document_is_taken_byte_for_byte_from_any_fence() {
        let cases = [
            ("```yaml get /x\na: 1\n```\n", "a: 1\n"),
            ("````yaml get /x\na: 1\n````", "a: 1\n"),
            (
                "# Page\n\n`````yaml /f.json get /x   \na: 1  \n\n\n`````  \nmore\n",
                "a: 1  \n\n\n",
            ),
            ("   ```yaml get /x\r\na: 1\r\n   ```\r\n", "a: 1\r\n"),
            ("```json\n{}\n```\n~~~yaml get /x\na: 1\n~~~\n", "a: 1\n"),
            (
                "````yaml get /x\na: |\n  ```\n  b\n  ```\n````",
                "a: |\n  ```\n  b\n  ```\n",
            ),
            ("```yaml get /x\n```\n", ""),
        ];

        for (page, expected) in cases {
            let found = fragments(page).unwrap();

            assert_eq!(found.len(), 1, "{page}");
            assert_eq!(found[0].text, expected, "{page}");
            let above: Vec<&str> = page.split_inclusive('\n').take(found[0].line).collect();
            assert!(page[above.concat().len()..].starts_with(expected), "{page}");
        }
    }

    #[test]
    fn a_page_that_is_cut_off_is_an_error() {
        for page in [
            "a\n````yaml get /x\na: 1\n",
            "a\n````yaml get /x\na: 1\n```\n",
            "a\n````yaml get /x",
        ] {
            let problem = fragments(page).unwrap_err();

            assert_eq!(
                problem.to_string(),
                "line 2: the block of `get /x` is never closed, so the page is cut off; fetch the whole page"
            );
        }
    }
}

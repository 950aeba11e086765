//! The operations that a Markdown page embeds.
//!
//! Pages of a Mintlify site hold one operation each, as a document of its own in a fenced block
//! (VENDORS.md, section 6). The info string has two forms: `yaml /file.json post /path` and `yaml get /path`.

use super::Problem;

/// A fenced block that holds an operation.
#[derive(Debug, PartialEq)]
pub struct Fragment {
    pub method: String,
    pub path: String,
    /// The document, ending in one newline.
    pub text: String,
    /// The line of the page that stands before the document's first.
    pub line: usize,
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Every operation of a page, in its order.
pub fn fragments(page: &str) -> Result<Vec<Fragment>, Problem> {
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some((fence, info)) = opening(line) else {
            continue;
        };
        let mut text = String::new();
        let mut is_closed = false;
        for (_, line) in lines.by_ref() {
            if closes(line, fence) {
                is_closed = true;
                break;
            }
            text.push_str(line);
            text.push('\n');
        }
        let Some((method, path)) = operation(info) else {
            continue;
        };
        if !is_closed {
            return Err(Problem::new(format!(
                "line {}: the block of `{method} {path}` is never closed, so the page is cut off; fetch the whole page",
                at + 1
            )));
        }
        found.push(Fragment {
            method,
            path,
            text: format!("{}\n", text.trim_end()),
            line: at + 1,
        });
    }
    Ok(found)
}

/// The fence and the info string behind it, if a line opens a block (CommonMark, "Fenced code blocks").
fn opening(line: &str) -> Option<(usize, &str)> {
    let inner = line.trim_start_matches(' ');
    let info = inner.trim_start_matches('`');
    let fence = inner.len() - info.len();
    let is_opening = line.len() - inner.len() < 4 && fence >= 3 && !info.contains('`');
    is_opening.then_some((fence, info))
}

fn closes(line: &str, fence: usize) -> bool {
    let inner = line.trim_start_matches(' ');
    let rest = inner.trim_start_matches('`');
    line.len() - inner.len() < 4 && inner.len() - rest.len() >= fence && rest.trim().is_empty()
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
    fn a_block_is_found_whatever_its_fence() {
        let cases = [
            "```yaml get /x\na: 1\n```\n",
            "````yaml get /x\na: 1\n````",
            "# Page\n\n`````yaml /f.json get /x   \na: 1\n\n\n`````  \nmore\n",
            "   ```yaml get /x\r\na: 1\r\n   ```\r\n",
            "```json\n{}\n```\n```yaml get /x\na: 1\n`````\n",
        ];

        for page in cases {
            let found = fragments(page).unwrap();

            assert_eq!(found.len(), 1, "{page}");
            assert_eq!(found[0].text, "a: 1\n", "{page}");
        }
    }

    #[test]
    fn a_fence_inside_a_longer_one_belongs_to_the_block() {
        let found = fragments("````yaml get /x\na: |\n  ```\n  b\n  ```\n````").unwrap();

        assert_eq!(found[0].text, "a: |\n  ```\n  b\n  ```\n");
    }

    #[test]
    fn a_page_that_is_cut_off_is_an_error() {
        let problem = fragments("a\n````yaml get /x\na: 1\n").unwrap_err();

        assert_eq!(
            problem.to_string(),
            "line 2: the block of `get /x` is never closed, so the page is cut off; fetch the whole page"
        );
    }
}

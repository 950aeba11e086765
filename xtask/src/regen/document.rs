//! An OpenAPI document out of a source.

use openapiv3::OpenAPI;
use serde::Deserialize;

use crate::{
    generation::yaml,
    source::{Problem, Source},
};

use super::node::Node;

/// A document that is known to be OpenAPI 3.0.
#[derive(Debug)]
pub struct Document {
    /// Its origin, for people.
    pub origin: String,
    /// As its author wrote it.
    pub text: String,
    pub node: Node,
}

impl Document {
    /// Reads a source and refuses what is not one document of OpenAPI 3.0.
    pub fn read(source: Source) -> Result<Self, Problem> {
        let node = parse(&source.text, source.line).map_err(|err| err.of(&source.origin))?;
        check(&node, source.operation.as_ref()).map_err(|err| err.of(&source.origin))?;
        Ok(Self {
            origin: source.origin,
            text: source.text,
            node,
        })
    }

    /// `info.title`, which tells one API of a vendor's from another.
    pub fn title(&self) -> &str {
        title(&self.node)
    }
}

/// The title of an API.
pub fn title(document: &Node) -> &str {
    let title = document.get("info").and_then(|info| info.get("title"));
    title.and_then(Node::text).unwrap_or_default()
}

/// Reads YAML or JSON; `above` lines of a page stand before the text.
pub fn parse(text: &str, above: usize) -> Result<Node, Problem> {
    yaml::read(text).map_err(|mut err| {
        err.line += above;
        Problem::new(format!(
            "{err}; if the vendor publishes it like this, mend a saved copy and name that"
        ))
    })
}

fn check(node: &Node, operation: Option<&(String, String)>) -> Result<(), Problem> {
    let swagger = node.get("swagger").and_then(Node::text);
    match node.get("openapi").and_then(Node::text) {
        Some(version) if version.starts_with("3.0.") => {}
        Some(version) => {
            return Err(Problem::new(format!(
                "#/openapi: is OpenAPI {version}, and the generator reads 3.0.x alone; convert a saved copy down \
                 (`npx @apiture/openapi-down-convert --input FILE --output bspk.yaml`) and name that"
            )));
        }
        None if swagger.is_some() => {
            return Err(Problem::new(
                "#/swagger: is Swagger 2, and the generator reads OpenAPI 3.0.x alone; convert a saved copy \
                 (`npx swagger2openapi FILE --outfile bspk.yaml`) and name that",
            ));
        }
        None => {
            return Err(Problem::new(
                "#/openapi: is missing, so it is no OpenAPI document; is it the right file?",
            ));
        }
    }
    if let Err(err) = OpenAPI::deserialize(node.value()) {
        // An untagged enum does not tell the place, but this does.
        let place = openapi_verdict::Document::new(node.value()).err();
        let what = place.map_or_else(|| err.to_string(), |it| it.to_string());
        return Err(Problem::new(format!("not an OpenAPI 3.0 document: {what}")));
    }
    if let Some((method, path)) = operation {
        let held = node
            .get("paths")
            .and_then(|paths| paths.get(path))
            .and_then(|item| item.get(method));
        if held.is_none() {
            return Err(Problem::new(format!(
                "the block says that it holds `{method} {path}`, and does not; see what the vendor meant"
            )));
        }
    }
    if title(node).contains("Gatsby") {
        return Err(Problem::new(
            "is Gatsby's, which is written by hand: edit specs/gatsby/shopper_api.yaml, then run `cargo xtask regen` without it",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str, operation: Option<(&str, &str)>) -> String {
        let source = Source {
            origin: "page.md".to_owned(),
            text: text.to_owned(),
            line: 10,
            operation: operation.map(|(method, path)| (method.to_owned(), path.to_owned())),
        };
        Document::read(source).unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_a_document_is_refused_with_the_place_and_the_remedy() {
        let fine = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n";
        let cases = [
            (
                "openapi: 3.1.0\n",
                None,
                "page.md: #/openapi: is OpenAPI 3.1.0, and the generator reads 3.0.x alone",
            ),
            ("swagger: '2.0'\n", None, "page.md: #/swagger: is Swagger 2"),
            ("a: 1\n", None, "page.md: #/openapi: is missing"),
            ("openapi: 3.0.3\npaths: [\n", None, "page.md: line 1"),
            ("openapi: 3.0.3\nopenapi: 3.0.3\n", None, "page.md: line 12"),
            (
                "{\"openapi\": \n",
                None,
                "page.md: line 11, column 1, at #: not JSON: unclosed",
            ),
            (
                "openapi: 3.0.3\npaths: {}\n",
                None,
                "not an OpenAPI 3.0 document: missing field `info`",
            ),
            (
                fine,
                Some(("get", "/x")),
                "the block says that it holds `get /x`, and does not",
            ),
            (
                &fine.replace("title: A", "title: Gatsby Shopper API"),
                None,
                "edit specs/gatsby/shopper_api.yaml",
            ),
        ];

        for (text, operation, expected) in cases {
            let said = problem(text, operation);

            assert!(said.contains(expected), "{said}");
        }
    }
}

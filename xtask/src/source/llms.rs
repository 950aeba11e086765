//! The addresses that an index (`llms.txt`) lists.

use pulldown_cmark::{Event, Parser, Tag};

use super::address::Address;

/// The addresses in an index.
#[derive(Debug, Default, PartialEq)]
pub struct Listed {
    /// Pages of the index's own host, each once, in their order.
    pub pages: Vec<Address>,
    /// Whole documents, which are read only when they are named.
    pub documents: Vec<Address>,
    /// Links to other hosts.
    pub elsewhere: usize,
}

/// Reads an index: Markdown with links (llmstxt.org).
pub fn read(text: &str, index: &Address) -> Listed {
    let mut listed = Listed::default();
    for event in Parser::new(text) {
        let Event::Start(Tag::Link { dest_url, .. }) = event else {
            continue;
        };
        let Ok(address) = index.join(&dest_url) else {
            continue;
        };
        if address == *index {
            continue;
        }
        if !address.is_beside(index) {
            listed.elsewhere += 1;
            continue;
        }
        let list = match address.extension() {
            "" | "md" | "mdx" => &mut listed.pages,
            "json" | "yaml" | "yml" => &mut listed.documents,
            _ => continue,
        };
        if !list.contains(&address) {
            list.push(address);
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_lists_each_page_of_its_own_host_once() {
        let index = Address::parse("https://docs.example/llms.txt").unwrap();
        let text = "# Docs\n- [One](https://docs.example/one.md): first\n- [Two](/deep/two.md)\n- [Three](three)\n\
                    - [One](https://docs.example/one.md#part)\n- [Else](https://other.example/one.md)\n\
                    - [Spec](/api/platform.json)\n- [Picture](/a.png)\n- [Key](http://docs.example/one.md)\n";

        let listed = read(text, &index);

        let pages: Vec<_> = listed.pages.iter().map(ToString::to_string).collect();
        assert_eq!(
            pages,
            [
                "https://docs.example/one.md",
                "https://docs.example/deep/two.md",
                "https://docs.example/three"
            ]
        );
        assert_eq!(listed.documents.len(), 1);
        assert_eq!(listed.elsewhere, 1);
    }
}

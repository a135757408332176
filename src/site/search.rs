//! What the search box looks in: a script that does nothing but hand over a list, because a page that was
//! opened from a stick may load a script and nothing else.

use serde_json::json;

use crate::document::visible;

/// The things of a board that have pages.
#[derive(Default)]
pub struct Index(Vec<[String; 3]>);

impl Index {
    /// Adds a page: what it is called, where it belongs, and its address from the site's top.
    pub fn add(&mut self, title: &str, place: &str, address: &str) {
        let line = |text: &str| visible(text).replace('\n', " ");
        self.0.push([line(title), line(place), address.to_owned()]);
    }

    pub fn script(&self) -> String {
        let mut out = String::from("planIndex([\n");
        for entry in &self.0 {
            out.push_str(&json!(entry).to_string());
            out.push_str(",\n");
        }
        out.push_str("]);\n");
        out
    }
}

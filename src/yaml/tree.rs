//! The spanned tree: one arena of small nodes in document order.
//!
//! A scalar's value is a range of the file's own text; only values that had to be folded, unescaped
//! or joined are copied, all into one shared `String`. So reading allocates nothing for a node.

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    Scalar,
    List,
    Map,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slot {
    pub kind: NodeKind,
    /// A scalar: whether its value lies in the shared text rather than in the file's.
    pub copied: bool,
    pub start: u32,
    pub end: u32,
    /// A scalar: where its value starts. A container: the index of the node after it.
    pub first: u32,
    /// A scalar: where its value ends.
    pub last: u32,
}

/// A file's values, each with its place. A map's children are key, value, key, value.
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) slots: Vec<Slot>,
    pub(super) copies: String,
    /// The ranges of its comments, each from its `#`.
    pub comments: Vec<(u32, u32)>,
}

/// A value's number in its tree, for keeping many of them in little room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeId(pub(super) u32);

/// A value in a tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    text: &'t str,
    at: usize,
}

impl Tree {
    /// The whole document; `text` is the text that the tree was read from.
    pub fn root<'t>(&'t self, text: &'t str) -> Node<'t> {
        Node {
            tree: self,
            text,
            at: 0,
        }
    }
}

impl<'t> Node<'t> {
    fn slot(self) -> Slot {
        self.tree.slots[self.at]
    }

    pub fn id(self) -> NodeId {
        NodeId(self.at as u32)
    }

    /// Another value of the same tree.
    pub fn other(self, id: NodeId) -> Node<'t> {
        Node {
            at: id.0 as usize,
            ..self
        }
    }

    pub fn kind(self) -> NodeKind {
        self.slot().kind
    }

    /// The range of bytes that the value takes up in its file: a scalar's with its quotes, a block
    /// text's from its first character to its last, a container's from its first child to its last
    /// one's end, or from bracket to bracket.
    pub fn range(self) -> (u32, u32) {
        (self.slot().start, self.slot().end)
    }

    /// A scalar's value, as the characters that were written; none for a container.
    pub fn text(self) -> Option<&'t str> {
        let slot = self.slot();
        let range = slot.first as usize..slot.last as usize;
        match (slot.kind, slot.copied) {
            (NodeKind::Scalar, false) => Some(&self.text[range]),
            (NodeKind::Scalar, true) => Some(&self.tree.copies[range]),
            _ => None,
        }
    }

    /// Whether nothing was written where the value belongs (`title:` and the end of the line).
    #[cfg(test)]
    pub fn is_absent(self) -> bool {
        let slot = self.slot();
        slot.kind == NodeKind::Scalar && slot.start == slot.end
    }

    fn after(self) -> usize {
        match self.kind() {
            NodeKind::Scalar => self.at + 1,
            _ => self.slot().first as usize,
        }
    }

    /// The children of a list; of a map, its keys and values in turn.
    fn children(self) -> impl Iterator<Item = Node<'t>> {
        let end = self.after();
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = Node { at: next, ..self };
                next = child.after();
                child
            })
        })
    }

    /// A list's items; nothing for other kinds.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> {
        self.children()
            .filter(move |_| self.kind() == NodeKind::List)
    }

    /// A map's keys and values; nothing for other kinds.
    pub fn pairs(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let mut children = self.children();
        std::iter::from_fn(move || {
            (self.kind() == NodeKind::Map)
                .then(|| Some((children.next()?, children.next()?)))
                .flatten()
        })
    }
}

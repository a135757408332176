//! How a page of a board becomes a file: its frame, its menu, where its links lead.

use super::addresses::Addresses;
use super::{ALL_BOARDS, Part, Put, Site};
use crate::calendar::Day;
use crate::document::Document;
use crate::estate::Reading;
use crate::render::html::{Entry, Frame, write_in};

/// Where a page belongs: which place of the menu is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuPlace {
    Today,
    Plans,
    Groups,
    Meetings,
    Decisions,
    Challenges,
    Reviews,
    Indicators,
    Calendar,
    Meanings,
}

/// The places of the menu, in its order: of which part each is, and its page.
pub const MENU: &[(MenuPlace, Part, &str, &str)] = &[
    (MenuPlace::Today, Part::Board, "Today", "index.html"),
    (MenuPlace::Plans, Part::Board, "Plans", "plans/index.html"),
    (
        MenuPlace::Groups,
        Part::Group,
        "Groups",
        "groups/index.html",
    ),
    (
        MenuPlace::Meetings,
        Part::Papers,
        "Meetings",
        "meetings/index.html",
    ),
    (
        MenuPlace::Decisions,
        Part::Decisions,
        "Decisions",
        "decisions.html",
    ),
    (
        MenuPlace::Challenges,
        Part::Challenges,
        "Challenges",
        "challenges.html",
    ),
    (MenuPlace::Reviews, Part::Reviews, "Reviews", "reviews.html"),
    (
        MenuPlace::Indicators,
        Part::Indicators,
        "Indicators",
        "indicators.html",
    ),
    (
        MenuPlace::Calendar,
        Part::Calendar,
        "Calendar",
        "calendar.html",
    ),
    (
        MenuPlace::Meanings,
        Part::Board,
        "What ratings mean",
        "ratings.html",
    ),
];

/// What all pages of a board share.
pub struct Pages<'b, 's> {
    pub site: &'s Site,
    pub reading: &'b Reading,
    pub day: Day,
    pub addresses: Addresses<'b>,
    pub put: &'s Put<'s>,
}

impl Pages<'_, '_> {
    /// An address of the board's own folder, from the site's top.
    pub fn in_site(&self, address: &str) -> String {
        format!("{}/{address}", self.addresses.home)
    }

    /// The file with all that can be searched for.
    pub fn index(&self) -> String {
        self.in_site("search.js")
    }

    /// Writes a page of the board's own folder.
    pub fn write_own(
        &self,
        place: MenuPlace,
        address: &str,
        lay_out: impl FnOnce(&mut Document),
    ) -> anyhow::Result<()> {
        self.write(place, self.in_site(address), lay_out)
    }

    /// Writes a page, by its address from the site's top.
    pub fn write(
        &self,
        place: MenuPlace,
        address: String,
        lay_out: impl FnOnce(&mut Document),
    ) -> anyhow::Result<()> {
        let mut document = Document::default();
        self.site.add_notices(&self.reading.unread, &mut document);
        lay_out(&mut document);
        self.put_page(place, address, self.day, document)
    }

    /// Writes a page that tells of a day.
    pub fn put_page(
        &self,
        place: MenuPlace,
        address: String,
        day: Day,
        mut document: Document,
    ) -> anyhow::Result<()> {
        let top = "../".repeat(address.matches('/').count());
        document.link(|subject| {
            let to = self.addresses.of(subject).filter(|to| *to != address)?;
            Some(format!("{top}{to}"))
        });
        let frame = self.frame(place, &address, &top, day);
        (self.put)(&address, &write_in(&frame, &document))
    }

    fn frame(&self, place: MenuPlace, address: &str, top: &str, day: Day) -> Frame {
        let entry = |name: &str, to: &str, is_here: bool| Entry {
            name: name.to_owned(),
            address: format!("{top}{to}"),
            is_here,
        };
        let shown = MENU.iter().filter(|(_, part, ..)| self.site.has(*part));
        let own = shown.map(|(own, _, name, to)| entry(name, &self.in_site(to), *own == place));
        let all = self
            .site
            .has_several
            .then(|| entry(ALL_BOARDS, "index.html", false));
        let title = self.reading.board.title();
        Frame {
            home: entry(title, &self.in_site("index.html"), false),
            menu: all.into_iter().chain(own).collect(),
            top: top.to_owned(),
            index: Some(format!("{top}{}", self.index())),
            canonical: self.site.canonical(address),
            remarks: self.site.remarks(day),
        }
    }
}

//! Shows a site to whoever sits at this machine, and to nobody else: files of one folder, by GET, on the loopback
//! address.

use std::fs::File;
use std::io::Read as _;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use super::folder::is_plain_file;

/// A site that is being shown.
pub struct Shown {
    server: Arc<Server>,
    port: u16,
}

impl Shown {
    /// Takes a port of the loopback address; of port 0, one that is free.
    pub fn open(port: u16) -> anyhow::Result<Shown> {
        let server = Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
            anyhow!("port {port} of this machine cannot be had ({error}); name another, as in --serve=8017")
        })?;
        let address = server
            .server_addr()
            .to_ip()
            .context("the server has no address")?;
        Ok(Shown {
            server: Arc::new(server),
            port: address.port(),
        })
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers until Ctrl-C. Before each page `refresh` brings the folder up to date; what keeps it from that is
    /// shown in the page's place.
    pub fn answer(
        &self,
        root: &Path,
        mut refresh: impl FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let server = Arc::clone(&self.server);
        ctrlc::set_handler(move || server.unblock())?;
        for request in self.server.incoming_requests() {
            // A reader that goes away before its answer is no concern of the next.
            let _ = self.answer_one(request, root, &mut refresh);
        }
        Ok(())
    }

    fn answer_one(
        &self,
        request: Request,
        root: &Path,
        refresh: &mut impl FnMut() -> anyhow::Result<()>,
    ) -> std::io::Result<()> {
        if !self.is_for_here(&request) {
            return text(request, 403, "This site is shown to this machine alone.");
        }
        if !matches!(request.method(), Method::Get | Method::Head) {
            return text(request, 405, "Pages are read here and nothing else.");
        }
        let Some(path) = file(root, request.url()) else {
            return text(request, 404, "There is no such page.");
        };
        let is_page = path.extension().is_some_and(|ending| ending == "html");
        if is_page && let Err(error) = refresh() {
            return text(
                request,
                500,
                &format!("The pages could not be made: {error:#}"),
            );
        }
        // A link would lead out of the folder, and a pipe be waited for.
        if !is_plain_file(root, &path) {
            return text(request, 404, "There is no such page.");
        }
        let mut bytes = Vec::new();
        let read = File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes));
        if read.is_err() {
            return text(request, 404, "There is no such page.");
        }
        respond(request, 200, kind(&path), bytes)
    }

    /// Whether a request names this machine: a page from elsewhere that got its own name led here does not.
    fn is_for_here(&self, request: &Request) -> bool {
        let mut headers = request.headers().iter();
        let host = headers.find(|header| header.field.equiv("Host"));
        let names = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        host.is_some_and(|host| names.iter().any(|name| host.value.as_str() == name))
    }
}

/// The file that an address asks for; none where it leads out of the folder.
fn file(root: &Path, address: &str) -> Option<PathBuf> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let below = path.strip_prefix('/')?;
    let mut parts = Path::new(below).components();
    // Every file of a site has a plain name, so that nothing is escaped in its address.
    let is_plain = !below.contains(['\\', '%', ':']);
    let is_inside = is_plain && parts.all(|part| matches!(part, Component::Normal(_)));
    let path = root.join(below);
    let path = if below.is_empty() || below.ends_with('/') {
        path.join("index.html")
    } else {
        path
    };
    is_inside.then_some(path)
}

fn kind(path: &Path) -> &'static str {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/plain; charset=utf-8",
    }
}

fn text(request: Request, status: u16, words: &str) -> std::io::Result<()> {
    respond(
        request,
        status,
        "text/plain; charset=utf-8",
        format!("{words}\n").into_bytes(),
    )
}

fn respond(request: Request, status: u16, kind: &str, bytes: Vec<u8>) -> std::io::Result<()> {
    let headers = [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let mut response = Response::from_data(bytes).with_status_code(status);
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_file_of_the_folder_or_nowhere() {
        let root = Path::new("site");
        for (address, path) in [
            ("/", Some("site/index.html")),
            ("/b/", Some("site/b/index.html")),
            ("/b/a.html?x=1#y", Some("site/b/a.html")),
            ("/../secret", None),
            ("/b/../../secret", None),
            ("/%2e%2e/secret", None),
            ("//etc/passwd", None),
            ("/c:\\secret", None),
            ("secret", None),
        ] {
            assert_eq!(file(root, address), path.map(PathBuf::from), "{address}");
        }
    }
}

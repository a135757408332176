//! A language server for plan files, over standard input and output: one message after another, each
//! answered before the next is read. It knows the file from the text in the editor, saved or not.

mod actions;
mod address;
mod completion;
mod definition;
mod desk;
mod diagnostics;
mod hover;
mod meaning;
mod spot;

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, ErrorKind, Write};
use std::path::{Path, PathBuf};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::calendar::Day;
use crate::plan::Board;
use desk::{Desk, Home};

/// What the server is told before it starts.
pub struct Settings<'s> {
    /// The folder that holds the boards, where the user named one.
    pub plans: Option<PathBuf>,
    /// The day on which a board is judged.
    pub day: &'s dyn Fn(&Board) -> Option<Day>,
    pub version: &'s str,
}

/// How far the talk has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Opening,
    Open,
    ShutDown,
}

struct Server<'s> {
    desk: Desk<'s>,
    version: &'s str,
    stage: Stage,
    /// The files of which the editor shows findings, each with its address.
    shown: BTreeMap<Home, String>,
    /// The addresses that the editor writes otherwise than the standard wants, by their strict form.
    bare: HashMap<String, String>,
}

/// Speaks with an editor until it says goodbye. Gives whether it did so as the protocol wants, with
/// `shutdown` before `exit`.
pub fn serve(
    settings: Settings,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    remarks: &mut dyn Write,
) -> std::io::Result<bool> {
    let mut server = Server {
        desk: Desk::new(settings.plans, settings.day),
        version: settings.version,
        stage: Stage::Opening,
        shown: BTreeMap::new(),
        bare: HashMap::new(),
    };
    let mut input = input;
    let mut output = output;
    loop {
        let message = match Message::read(&mut input) {
            Ok(Some(message)) => message,
            Ok(None) => return Ok(server.stage == Stage::ShutDown),
            // What is no message is passed over: the next may be one.
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                writeln!(remarks, "not understood: {error}")?;
                continue;
            }
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        };
        let answers = match message {
            Message::Notification(note) if note.method == "exit" => {
                return Ok(server.stage == Stage::ShutDown);
            }
            Message::Request(mut request) => {
                server.take_addresses(&mut request.params);
                vec![Message::Response(server.answer(request))]
            }
            Message::Notification(mut note) => {
                server.take_addresses(&mut note.params);
                server.note(note)
            }
            Message::Response(_) => Vec::new(),
        };
        for mut answer in answers {
            server.give_addresses(&mut answer);
            answer.write(&mut output)?;
        }
    }
}

impl Server<'_> {
    /// Takes the addresses in a message as the standard wants them, and remembers how they came.
    fn take_addresses(&mut self, params: &mut Value) {
        for_each_address(params, &mut |address| {
            let strict = address::strict(address);
            if strict != *address {
                self.bare
                    .insert(strict.clone(), std::mem::replace(address, strict));
            }
        });
    }

    /// Puts file addresses back into the spelling in which the editor sent them.
    fn give_addresses(&self, message: &mut Message) {
        let mut bare = |address: &mut String| {
            if let Some(written) = self.bare.get(address) {
                address.clone_from(written);
            }
        };
        match message {
            Message::Response(response) => {
                response
                    .response_result
                    .iter_mut()
                    .for_each(|result| for_each_address(result, &mut bare));
            }
            Message::Notification(note) => for_each_address(&mut note.params, &mut bare),
            Message::Request(_) => {}
        }
    }

    /// Answers a request: each gets one answer, if only that there is nothing to say.
    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let refuse = |id: RequestId, code: ErrorCode, why: &str| {
            Response::new_err(id, code as i32, why.to_owned())
        };
        match (self.stage, method.as_str()) {
            (Stage::Opening, "initialize") => {
                self.stage = Stage::Open;
                return Response::new_ok(id, self.abilities());
            }
            (Stage::Opening, _) => {
                return refuse(
                    id,
                    ErrorCode::ServerNotInitialized,
                    "say `initialize` first",
                );
            }
            (Stage::ShutDown, _) => {
                return refuse(id, ErrorCode::InvalidRequest, "the server was shut down");
            }
            (Stage::Open, "shutdown") => {
                self.stage = Stage::ShutDown;
                return Response::new_ok(id, Value::Null);
            }
            (Stage::Open, _) => {}
        }
        let answer = match method.as_str() {
            "textDocument/completion" => self.at(params, completion::completion),
            "textDocument/hover" => self.at(params, hover::hover),
            "textDocument/definition" => self.at(params, definition::definition),
            "textDocument/codeAction" => self.code_actions(params),
            _ => {
                let why = format!("`{method}` is none of this server's requests");
                return refuse(id, ErrorCode::MethodNotFound, &why);
            }
        };
        match answer {
            Ok(answer) => Response::new_ok(id, answer),
            Err(error) => refuse(id, ErrorCode::InvalidParams, &error.to_string()),
        }
    }

    fn abilities(&self) -> Value {
        json!({
            "capabilities": {
                "positionEncoding": "utf-16",
                "textDocumentSync": {"openClose": true, "change": 2, "save": true},
                "completionProvider": {"triggerCharacters": [" ", ":", "[", ",", "{", "#"]},
                "hoverProvider": true,
                "definitionProvider": true,
                "codeActionProvider": {"codeActionKinds": ["quickfix"]},
            },
            "serverInfo": {"name": "plan", "version": self.version},
        })
    }

    /// Answers a request about a place in a file; null where there is nothing to say.
    fn at<T: Serialize>(
        &mut self,
        params: Value,
        answer: fn(&mut Desk, &Path, lsp_types::Position) -> Option<T>,
    ) -> serde_json::Result<Value> {
        let asked: lsp_types::TextDocumentPositionParams = serde_json::from_value(params)?;
        let Some(path) = self.desk.path(asked.text_document.uri.as_str()) else {
            return Ok(Value::Null);
        };
        serde_json::to_value(answer(&mut self.desk, &path, asked.position))
    }

    fn code_actions(&mut self, params: Value) -> serde_json::Result<Value> {
        let asked: lsp_types::CodeActionParams = serde_json::from_value(params)?;
        let Some(path) = self.desk.path(asked.text_document.uri.as_str()) else {
            return Ok(Value::Null);
        };
        serde_json::to_value(actions::actions(&mut self.desk, &path, asked.range))
    }

    /// Takes in what the editor says of its texts, and says what is found in them.
    fn note(&mut self, note: Notification) -> Vec<Message> {
        if self.stage != Stage::Open {
            return Vec::new();
        }
        let Notification { method, params } = note;
        let changed = match method.as_str() {
            "textDocument/didOpen" => self.opened(params),
            "textDocument/didChange" => self.changed(params),
            "textDocument/didClose" => self.closed(params),
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => Some(()),
            _ => None,
        };
        match changed {
            Some(()) => {
                self.desk.forget();
                self.publish()
            }
            None => Vec::new(),
        }
    }

    fn opened(&mut self, params: Value) -> Option<()> {
        let opened: lsp_types::DidOpenTextDocumentParams = read(params)?;
        let document = opened.text_document;
        let address = document.uri.as_str();
        let path = self.desk.path(address)?;
        self.desk.put(path, address, document.text);
        Some(())
    }

    fn changed(&mut self, params: Value) -> Option<()> {
        let changed: lsp_types::DidChangeTextDocumentParams = read(params)?;
        let path = self.desk.path(changed.text_document.uri.as_str())?;
        for change in changed.content_changes {
            self.desk.change(&path, change.range, change.text);
        }
        Some(())
    }

    fn closed(&mut self, params: Value) -> Option<()> {
        let closed: lsp_types::DidCloseTextDocumentParams = read(params)?;
        let path = self.desk.path(closed.text_document.uri.as_str())?;
        self.desk.close(&path);
        Some(())
    }

    /// The findings of every board that has a file open; and empty ones of files that no longer have
    /// any, or whose board is no longer open.
    fn publish(&mut self) -> Vec<Message> {
        let mut now: BTreeMap<Home, (String, Vec<lsp_types::Diagnostic>)> = BTreeMap::new();
        let paths: Vec<PathBuf> = self.desk.open.keys().cloned().collect();
        for path in paths {
            let Some(home) = self.desk.home(&path).filter(|home| !now.contains_key(home)) else {
                continue;
            };
            let Some(reading) = self.desk.reading(&path) else {
                continue;
            };
            for (key, found) in diagnostics::for_board(&self.desk, &home.root, &reading) {
                let address = self.desk.address(&home.root, &key);
                let file = Home {
                    root: home.root.clone(),
                    key,
                };
                now.insert(file, (address, found));
            }
        }
        let before = std::mem::take(&mut self.shown);
        let gone = before
            .into_iter()
            .filter(|(home, _)| !now.contains_key(home));
        let mut messages: Vec<Message> =
            gone.map(|(_, address)| published(&address, &[])).collect();
        for (home, (address, found)) in now {
            messages.push(published(&address, &found));
            self.shown.insert(home, address);
        }
        messages
    }
}

/// Changes every address in a message: what stands under `uri`, and the names of the files in an edit.
fn for_each_address(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| for_each_address(item, change)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match value {
                    Value::String(address) if name == "uri" => change(address),
                    Value::Object(files) if name == "changes" => {
                        let named = std::mem::take(files).into_iter().map(|(mut file, edits)| {
                            change(&mut file);
                            (file, edits)
                        });
                        *files = named.collect();
                    }
                    other => for_each_address(other, change),
                }
            }
        }
        _ => {}
    }
}

fn published(address: &str, found: &[lsp_types::Diagnostic]) -> Message {
    let params = json!({"uri": address, "diagnostics": found});
    Message::Notification(Notification::new(
        "textDocument/publishDiagnostics".into(),
        params,
    ))
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

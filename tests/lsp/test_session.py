"""Sessions of an independent client (pytest-lsp, on pygls) with the built `plan lsp`, on a copy of the
Hartlepool board and a report that is being typed. The day is 1 May 2018."""

import os
import pathlib
import shutil
import subprocess

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PLAN = os.environ["PLAN_BINARY"]
REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

REPORT = """\
updates: VEMT return to the Board
plan: work-plan-2017-19
date: 2018-01-16
by: vemt
entries:
  - action: 2.2.3
    rag: green
    done: "Interviews 😀 are offered"
    escalate: vmet
  - {action: 2.2.4a, done: "😀😀", escalate: polcie}
"""


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[PLAN, "lsp", "--as-of", "2018-05-01"]),
    params=["visual_studio_code", "neovim"],
)
async def client(request, lsp_client: LanguageClient):
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(request.param),
            root_uri=REPOSITORY.as_uri(),
        )
    )
    yield
    await lsp_client.shutdown_session()
    assert not lsp_client.error


class Report:
    """A file that is open in the editor, and not as it is saved."""

    def __init__(self, client, path):
        self.client, self.path, self.uri, self.version = client, path, path.as_uri(), 0
        self.text = None

    async def type(self, text):
        """Opens it with a text, or puts another in its place; gives what is found."""
        self.version += 1
        if self.text is None:
            self.client.text_document_did_open(
                types.DidOpenTextDocumentParams(
                    types.TextDocumentItem(self.uri, "yaml", self.version, text)
                )
            )
        else:
            self.client.text_document_did_change(
                types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(self.version, self.uri),
                    [types.TextDocumentContentChangeWholeDocument(text)],
                )
            )
        self.text = text
        return await self.found()

    async def found(self):
        # Every change is answered; a request behind it is answered after it.
        await self.hover_at(types.Position(0, 0))
        return self.client.diagnostics.get(self.uri, [])

    def position(self, needle, into=0):
        """The place of a text, as the protocol counts."""
        before = self.text[: self.text.index(needle) + into]
        line = before.count("\n")
        last = before.rsplit("\n", 1)[-1]
        return types.Position(line, len(last.encode("utf-16-le")) // 2)

    def document(self):
        return types.TextDocumentIdentifier(self.uri)

    async def hover_at(self, position):
        return await self.client.text_document_hover_async(
            types.HoverParams(self.document(), position)
        )

    async def hover(self, needle, into=0):
        hover = await self.hover_at(self.position(needle, into))
        return hover and hover.contents.value

    async def definition(self, needle, into=0):
        return await self.client.text_document_definition_async(
            types.DefinitionParams(self.document(), self.position(needle, into))
        )

    async def offered(self, needle, into=None):
        """What is offered behind a text."""
        into = len(needle) if into is None else into
        items = await self.client.text_document_completion_async(
            types.CompletionParams(self.document(), self.position(needle, into))
        )
        return {item.label: item for item in items or []}

    async def actions(self, range):
        return await self.client.text_document_code_action_async(
            types.CodeActionParams(
                self.document(), range, types.CodeActionContext(diagnostics=[])
            )
        )

    def at(self, range):
        """The text of a range."""
        lines = self.text.split("\n")
        line = lines[range.start.line].encode("utf-16-le")
        assert range.start.line == range.end.line
        return line[range.start.character * 2 : range.end.character * 2].decode("utf-16-le")

    def after(self, edits):
        """The text after edits."""
        lines = self.text.split("\n")
        offset = lambda p: sum(len(l) + 1 for l in lines[: p.line]) + len(
            lines[p.line].encode("utf-16-le")[: p.character * 2].decode("utf-16-le")
        )
        text = self.text
        for edit in sorted(edits, key=lambda e: -offset(e.range.start)):
            text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
        return text


@pytest.fixture
def board(tmp_path):
    folder = tmp_path / "a böard" / "plans" / "hartlepool"
    shutil.copytree(REPOSITORY / "plans" / "hartlepool", folder)
    return folder


@pytest.fixture
def report(client, board):
    return Report(client, board / "updates" / "2018-01-16-vemt.yaml")


@pytest.fixture
def plan(client, board):
    return Report(client, board / "work-plan-2017-19.yaml")


def rules(found):
    return sorted(item.code for item in found)


async def test_findings_are_those_of_validate_with_their_places(report, board):
    found = await report.type(REPORT)
    report.path.parent.mkdir()
    report.path.write_text(REPORT, encoding="utf-8")
    said = subprocess.run(
        [PLAN, "validate", "-O", "json", "--as-of", "2018-05-01", "--plans", board.parent],
        capture_output=True,
        text=True,
    )
    import json

    own = [f for f in json.loads(said.stdout)["findings"] if f["file"].endswith("vemt.yaml")]
    assert [(f["rule"], f["line"] - 1) for f in own] == [
        (d.code, d.range.start.line) for d in found
    ]
    vmet, polcie = [d for d in found if d.code == "unknown-group"]
    assert report.at(vmet.range) == "vmet"
    # Two characters outside the basic plane stand before it on its line.
    assert report.at(polcie.range) == "polcie"
    assert vmet.severity == types.DiagnosticSeverity.Error
    assert vmet.source == "plan"
    assert "did you mean `vemt`?" in vmet.message


async def test_findings_follow_the_unsaved_text_and_go_when_it_is_right(report):
    assert "unknown-group" in rules(await report.type(REPORT))
    right = REPORT.replace("vmet", "vemt").replace("polcie", "police")
    assert "unknown-group" not in rules(await report.type(right))
    assert not report.path.exists()
    # A part of the text is changed, behind characters outside the basic plane.
    start = report.position("police")
    report.client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(9, report.uri),
            [
                types.TextDocumentContentChangePartial(
                    types.Range(start, types.Position(start.line, start.character + 6)), "nobody"
                )
            ],
        )
    )
    report.text = right.replace("police", "nobody")
    (unknown,) = [d for d in await report.found() if d.code == "unknown-group"]
    assert report.at(unknown.range) == "nobody"


async def test_findings_go_when_the_file_is_closed(report):
    await report.type(REPORT)
    report.client.text_document_did_close(types.DidCloseTextDocumentParams(report.document()))
    assert list(await report.found()) == []


async def test_a_change_in_one_file_is_seen_in_the_others(report, plan, board):
    right = REPORT.replace("vmet", "vemt").replace("polcie", "police")
    assert "unknown-action" not in rules(await report.type(right))
    text = plan.path.read_text(encoding="utf-8")
    await plan.type(text.replace("id: 2.2.3\n", "id: 2.2.33\n"))
    (unknown,) = [d for d in report.client.diagnostics[report.uri] if d.code == "unknown-action"]
    assert report.at(unknown.range) == "2.2.3"


async def test_related_places_are_in_their_files(plan):
    text = plan.path.read_text(encoding="utf-8")
    found = await plan.type(text.replace("id: 1.1.2\n", "id: 1.1.1\n"))
    double = [d for d in found if d.code == "duplicate-id"][0]
    (related,) = double.related_information
    assert related.location.uri == plan.uri
    assert plan.at(related.location.range) == "1.1.1"
    assert related.location.range != double.range


async def test_a_half_written_file_says_what_is_wrong_and_still_completes(report):
    await report.type(REPORT)
    half = REPORT + "  - {action: 2.2.5, rag: am\n"
    assert rules(await report.type(half)) == ["syntax"]
    offered = await report.offered("rag: am")
    assert list(offered) == ["red", "amber", "green", "blue"]
    half = REPORT + "  - action: 2.2.\n    escalate: \n  bad: [\n"
    assert "syntax" in rules(await report.type(half))
    assert {"2.2.3", "2.2.4a", "1.1.1"} <= set(await report.offered("action: 2.2.\n", 12))
    assert {"vemt", "police", "board"} <= set(await report.offered("escalate: \n", 10))


async def test_completion_of_fields_values_and_names(report, plan):
    await report.type(REPORT + "  - \n")
    offered = await report.offered("polcie}\n  - ")
    assert {"action", "rag", "escalate"} <= set(offered)
    assert report.after([offered["action"].text_edit]).endswith("  - action: \n")
    await report.type(REPORT.replace("    rag: green\n", "    rag: green\n    sta\n"))
    offered = await report.offered("    sta")
    assert "status" in offered and "rag" not in offered and "action" not in offered
    await report.type(REPORT.replace("escalate: polcie}", "}"))
    offered = await report.offered('done: "😀😀", ')
    assert "rag" in offered and "done" not in offered and "action" not in offered
    await report.type(REPORT + "  - {action: [2.2.3, 2.2.4], status: i")
    assert "in progress" in await report.offered("status: i")
    assert "2.2.5" in await report.offered("[2.2.3, 2.2.4")
    await report.type(REPORT + "  - action: 2.2.3\n    evidence: [VEMT Report, Bar")
    offered = await report.offered("VEMT Report, Bar")
    assert "Barnardos Report" in offered, offered
    await report.type("")
    assert list(await report.offered("")) == ["board", "plan", "updates", "challenges", "reviews"]
    text = plan.path.read_text(encoding="utf-8")
    await plan.type(text.replace("    actions:\n", "    actions:\n      - owners: [", 1))
    assert "csp" in await plan.offered("- owners: [")


async def test_hover_says_how_an_action_stands_and_why(report, plan):
    await report.type(REPORT)
    hover = await report.hover("2.2.3")
    assert "**RED**" in hover and "as of 1 May 2018" in hover and "Rated green, but overdue" in hover
    assert "How far it has come." not in hover
    assert "Red, amber, green, or blue" in await report.hover("rag:")
    assert "VEMT" in await report.hover("by: vemt", 5)
    text = plan.path.read_text(encoding="utf-8")
    await plan.type(text)
    assert "April 2018: last day 30 April 2018" in await plan.hover("timescale: April 2018", 12)
    assert "**RED**" in await plan.hover("id: 2.2.3\n", 5)
    assert await plan.hover("# Hartlepool", 4) is None


async def test_definition_leads_to_the_plan_and_the_board(report, plan, board):
    await plan.type(plan.path.read_text(encoding="utf-8"))
    await report.type(REPORT)
    to = await report.definition("action: 2.2.3", 9)
    assert to.uri == plan.uri and plan.at(to.range) == "2.2.3"
    to = await report.definition("action: 2.2.4a", 9)
    assert to.uri == plan.uri and plan.at(to.range) == "2.2.4a"
    to = await report.definition("plan: work", 8)
    assert to.uri == plan.uri
    to = await report.definition("by: vemt", 5)
    assert to.uri == (board / "board.yaml").as_uri()
    to = await plan.definition("owners: [da-subgroup", 10)
    assert to.uri == (board / "board.yaml").as_uri()
    assert await report.definition("rag: green", 6) is None


async def test_quick_fixes_do_what_they_say(report):
    found = await report.type(REPORT)
    polcie = [d for d in found if d.code == "unknown-group"][1]
    actions = await report.actions(polcie.range)
    fix = next(action for action in actions if action.title == "Write `police`")
    assert fix.is_preferred
    assert report.after(fix.edit.changes[report.uri]) == REPORT.replace("polcie", "police")
    allow = next(action for action in actions if action.title.startswith("Allow this"))
    after = await report.type(report.after(allow.edit.changes[report.uri]))
    assert "# plan: allow unknown-group: say why\n" in report.text
    assert rules(after).count("unknown-group") == 1 and "bad-allowance" not in rules(after)


async def test_line_ends_and_a_byte_order_mark_are_kept(report):
    text = REPORT.replace("\n", "\r\n")
    found = await report.type(text)
    polcie = [d for d in found if d.code == "unknown-group"][1]
    assert report.at(polcie.range) == "polcie"
    allow = [a for a in await report.actions(polcie.range) if a.title.startswith("Allow")][0]
    assert allow.edit.changes[report.uri][0].new_text.endswith("\r\n")


async def test_a_file_outside_any_estate_has_empty_answers(client, tmp_path):
    other = Report(client, tmp_path / "elsewhere.yaml")
    assert await other.type("plan: X\nperiod: never\n") == []
    assert await other.hover("period") is None
    assert await other.definition("period") is None
    assert await other.offered("period") == {}
    assert not await other.actions(types.Range(types.Position(0, 0), types.Position(1, 0)))


async def test_a_request_that_is_unknown_is_answered(client):
    with pytest.raises(Exception, match="plan/unknown"):
        await client.protocol.send_request_async("plan/unknown", {})


def test_it_ends_as_the_protocol_says():
    def talk(*messages):
        framed = "".join(f"Content-Length: {len(m)}\r\n\r\n{m}" for m in messages)
        return subprocess.run(
            [PLAN, "lsp"], input=framed, capture_output=True, text=True, timeout=10
        )

    hello = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}'
    bye = '{"jsonrpc":"2.0","id":2,"method":"shutdown"}'
    exit = '{"jsonrpc":"2.0","method":"exit"}'
    assert talk(hello, bye, exit).returncode == 0
    assert talk(hello, exit).returncode == 1
    assert talk(hello).returncode == 1
    # What is no message is passed over; a request that makes no sense is refused.
    assert talk(hello, "{", "null", "[]", bye, exit).returncode == 0
    wrong = '{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"textDocument":3}}'
    said = talk(hello, wrong, bye, exit)
    assert said.returncode == 0 and '"id":7,"error":{"code":-32602' in said.stdout
    assert '"id":7,"error":{"code":-32002' in talk(wrong).stdout
    assert '"id":7,"error":{"code":-32600' in talk(hello, bye, wrong, exit).stdout

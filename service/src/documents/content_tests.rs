use super::{Content, Look};
use crate::documents::samples;

/// What bytes are, however they come in pieces.
fn of(bytes: &[u8]) -> Content {
    let verdict = |size: usize| {
        let mut look = Look::default();
        bytes.chunks(size).for_each(|piece| look.at(piece));
        look.verdict()
    };
    let whole = verdict(bytes.len().max(1));
    for size in [1, 7, 100, 4096] {
        assert_eq!(verdict(size), whole, "in pieces of {size}");
    }
    whole
}

#[test]
fn office_files_are_told_apart_though_all_of_them_are_archives() {
    let zip = |names: &[&str]| of(&samples::zip(names));
    let contents = "[Content_Types].xml";
    assert_eq!(zip(&[contents, "_rels/.rels", "word/document.xml"]), Content::ZipText);
    assert_eq!(zip(&["_rels/.rels", "docProps/app.xml", "xl/workbook.xml", contents]), Content::ZipBook);
    assert_eq!(zip(&[contents, "ppt/presentation.xml"]), Content::ZipSlides);
    assert_eq!(zip(&["word/document.xml"]), Content::Other, "an archive with a folder of that name");
    assert_eq!(zip(&[contents, "word/document.xml", "word/vbaProject.bin"]), Content::Other, "macros");
    assert_eq!(zip(&["META-INF/MANIFEST.MF", "run.exe"]), Content::Other);
    let odt = samples::open_document("application/vnd.oasis.opendocument.text");
    assert_eq!(of(&odt), Content::Known("application/vnd.oasis.opendocument.text"));
}

#[test]
fn old_office_files_are_told_apart_by_their_streams() {
    for (stream, content) in [
        ("WordDocument", Content::OleText),
        ("Workbook", Content::OleBook),
        ("PowerPoint Document", Content::OleSlides),
        ("__properties_version1.0", Content::OleMessage),
        ("!_StringPool", Content::Other),
    ] {
        assert_eq!(of(&samples::compound(&[stream])), content, "{stream}");
    }
    assert_eq!(of(&samples::compound(&["WordDocument", "__properties_version1.0"])), Content::OleMessage);
    assert_eq!(of(&samples::compound(&["WordDocument", "_VBA_PROJECT"])), Content::Other);
}

#[test]
fn pictures_papers_and_recordings_are_known_by_their_beginning() {
    for (bytes, media_type) in [
        (samples::PDF, "application/pdf"),
        (samples::PNG, "image/png"),
        (&b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..], "image/jpeg"),
        (b"GIF89a\x01\0\x01\0", "image/gif"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/x-wav"),
        (b"#!AMR\n\x3c\x91", "audio/amr"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heif"),
        (b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", "video/mp4"),
    ] {
        assert_eq!(of(bytes), Content::Known(media_type));
    }
}

#[test]
fn words_are_words_and_markup_and_scripts_are_not() {
    let email = "Received: from a\r\n by b; Mon\r\nFrom: a@example.org\r\nSubject: Damp\r\n\r\n<html>";
    assert_eq!(of(email.as_bytes()), Content::Email);
    assert_eq!(of("Dear Sir: the lift\nis broken.\n".as_bytes()), Content::Text);
    assert_eq!(of("Subject: the lift\n\nNo sender.".as_bytes()), Content::Text);
    assert_eq!(of("\u{feff}name,day\r\nÁine,2026-11-02\r\n".as_bytes()), Content::Text);
    assert_eq!(of(b"caf\xe9 au lait"), Content::Text, "in an older alphabet");
    for no in [
        &b"<!doctype html><p>"[..],
        b"  <svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"hello <SCRIPT>alert(1)</SCRIPT>",
        b"#!/bin/sh\nrm",
        b"MZ\x90\0\x03\0\0\0",
        b"\x7fELF\x02\x01\x01\0",
        b"bell\x07",
        b"nought\0",
        b"",
        b"   \n",
    ] {
        assert!(!matches!(of(no), Content::Text | Content::Email), "{}", String::from_utf8_lossy(no));
    }
}

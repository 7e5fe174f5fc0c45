//! What is taken, and for what.

use super::{PDF, id, send};
use crate::api::server::{Answer, Server};

fn tried(server: &Server, case: &str, media_type: &str, name: &str, bytes: &[u8]) -> Answer {
    send(server, &format!("/v1/cases/{case}/documents"), (media_type, name), bytes.to_vec(), &[])
}

#[test]
fn a_file_is_what_its_bytes_are() {
    let server = Server::start();
    let case = server.accepted();
    let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0 and so on";
    for (media_type, name, bytes, kept) in [
        ("application/pdf; version=1.7", "a.pdf", PDF, "application/pdf"),
        ("image/jpg", "damp.jpg", &jpeg[..], "image/jpeg"),
        ("text/csv; charset=utf-8", "rent.csv", b"name,day\r\nA,2026-11-02\r\n", "text/csv"),
        ("TEXT/PLAIN", "note", b"The lift is broken.", "text/plain"),
        ("message/rfc822", "a.eml", b"From: a@example.org\r\nSubject: Damp\r\n\r\n<html>", "message/rfc822"),
    ] {
        let answer = tried(&server, &case, media_type, name, bytes);
        id(&answer);
        assert_eq!(answer.json()["media_type"], kept);
    }
}

#[test]
fn what_runs_or_is_not_what_it_says_is_refused() {
    let server = Server::start();
    let case = server.accepted();
    for (media_type, name, bytes) in [
        ("image/png", "a.png", PDF),
        ("application/pdf", "a.pdf", &b"MZ\x90\0\x03\0\0\0"[..]),
        ("text/plain", "a.txt", b"<html><script>alert(1)</script>"),
        ("text/csv", "a.csv", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("text/plain", "a.txt", b"#!/bin/sh\nrm -r /"),
        ("text/plain", "a.txt", b"nought \0"),
        ("application/msword", "a.doc", PDF),
        ("application/pdf", "invoice.pdf.exe", PDF),
        ("text/plain", "page.html", b"hello"),
    ] {
        tried(&server, &case, media_type, name, bytes).problem(415, "document-type");
    }
    for media_type in ["text/html", "image/svg+xml", "application/zip", "application/octet-stream"] {
        tried(&server, &case, media_type, "a", PDF).problem(415, "media-type");
    }
    assert_eq!(super::files(&server).len(), 0);
}

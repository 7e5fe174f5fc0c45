//! What may be attached to a case. What is not in this list is refused: programs, scripts, web pages, drawings that can hold scripts,
//! and archives, in which any of these may be.

use super::content::Content;

/// A kind of file that is taken.
#[derive(Debug, PartialEq, Eq)]
pub struct FileKind {
    /// Its media type, as it is kept and given out.
    pub media_type: &'static str,
    /// Other names that senders have for it.
    pub aliases: &'static [&'static str],
    /// What its bytes may turn out to be.
    pub contents: &'static [Content],
}

macro_rules! kinds {
    ($($media_type:literal [$($alias:literal),*] = [$($content:expr),+];)+) => {
        /// Every kind of file that is taken.
        pub const KINDS: &[FileKind] = &[$(
            FileKind { media_type: $media_type, aliases: &[$($alias),*], contents: &[$($content),+] },
        )+];

        /// Every media type that can be declared.
        pub const DECLARED: &[&str] = &[$($media_type, $($alias,)*)+];
    };
}

use Content::{Email, Known, OleBook, OleMessage, OleSlides, OleText, Text, ZipBook, ZipSlides, ZipText};

kinds! {
    "application/pdf" [] = [Known("application/pdf")];
    "image/jpeg" ["image/jpg"] = [Known("image/jpeg")];
    "image/png" [] = [Known("image/png")];
    "image/gif" [] = [Known("image/gif")];
    "image/webp" [] = [Known("image/webp")];
    "image/tiff" [] = [Known("image/tiff")];
    "image/bmp" ["image/x-ms-bmp"] = [Known("image/bmp")];
    "image/heic" ["image/heif"] = [Known("image/heif")];
    "image/avif" [] = [Known("image/avif")];
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document" [] = [ZipText];
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" [] = [ZipBook];
    "application/vnd.openxmlformats-officedocument.presentationml.presentation" [] = [ZipSlides];
    "application/msword" [] = [OleText];
    "application/vnd.ms-excel" [] = [OleBook];
    "application/vnd.ms-powerpoint" [] = [OleSlides];
    "application/vnd.ms-outlook" [] = [OleMessage];
    "application/vnd.oasis.opendocument.text" [] = [Known("application/vnd.oasis.opendocument.text")];
    "application/vnd.oasis.opendocument.spreadsheet" [] = [Known("application/vnd.oasis.opendocument.spreadsheet")];
    "application/vnd.oasis.opendocument.presentation" [] = [Known("application/vnd.oasis.opendocument.presentation")];
    "text/plain" [] = [Text, Email];
    "text/csv" [] = [Text, Email];
    "message/rfc822" [] = [Email];
    "audio/mpeg" ["audio/mp3"] = [Known("audio/mpeg")];
    "audio/mp4" ["audio/m4a", "audio/x-m4a"] = [Known("audio/m4a"), Known("video/mp4"), Known("video/x-m4v")];
    "audio/ogg" ["application/ogg"] = [Known("audio/ogg"), Known("application/ogg")];
    "audio/wav" ["audio/x-wav", "audio/wave", "audio/vnd.wave"] = [Known("audio/x-wav")];
    "audio/aac" [] = [Known("audio/aac")];
    "audio/amr" [] = [Known("audio/amr")];
    "audio/flac" ["audio/x-flac"] = [Known("audio/x-flac")];
    "video/mp4" ["video/x-m4v"] = [Known("video/mp4"), Known("video/x-m4v")];
    "video/quicktime" [] = [Known("video/quicktime"), Known("video/mp4")];
    "video/webm" [] = [Known("video/webm")];
    "video/x-matroska" [] = [Known("video/x-matroska"), Known("video/webm")];
    "video/x-msvideo" ["video/avi"] = [Known("video/x-msvideo")];
}

/// The kind with that media type, or that other name.
#[must_use]
pub fn declared(media_type: &str) -> Option<&'static FileKind> {
    let named = |kind: &&FileKind| kind.media_type == media_type || kind.aliases.contains(&media_type);
    KINDS.iter().find(named)
}

/// Endings of names by which a reader's machine would take a file for a program, a script or a page, whatever it is.
const ENDINGS: &[&str] = &[
    "app", "bat", "cmd", "com", "cpl", "dll", "docm", "exe", "hta", "htm", "html", "iso", "jar", "js", "jse",
    "lnk", "msi", "mht", "mhtml", "pif", "ps1", "reg", "scr", "sh", "svg", "url", "vb", "vbe", "vbs", "wsf",
    "xhtml", "xlsm",
];

/// Whether a file of that name would be opened as something that runs.
#[must_use]
pub fn would_run(name: &str) -> bool {
    let ending =
        name.trim_end_matches(['.', ' ']).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{DECLARED, KINDS, declared, would_run};

    #[test]
    fn every_name_is_of_one_kind() {
        let unique: BTreeSet<_> = DECLARED.iter().collect();
        assert_eq!(unique.len(), DECLARED.len());
        assert!(DECLARED.iter().all(|name| declared(name).is_some()));
        assert_eq!(declared("image/jpg").unwrap().media_type, "image/jpeg");
        for no in ["text/html", "image/svg+xml", "application/zip", "application/octet-stream", "", "*/*"] {
            assert_eq!(declared(no), None, "{no}");
        }
        assert!(KINDS.len() > 30);
    }

    #[test]
    fn a_name_that_would_run_is_known_by_its_ending() {
        for yes in ["invoice.pdf.exe", "a.HTML", "letter.js. ", "drawing.svg"] {
            assert!(would_run(yes), "{yes}");
        }
        for no in ["letter.v2", "scan", "photo.jpg", "exe", "notes.2026-11-02"] {
            assert!(!would_run(no), "{no}");
        }
    }
}

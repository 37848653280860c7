//! How each site writes "begin at this second" into its addresses.
//!
//! The forms are those that the sites' own "share from here" gives. A new site is a row of [`SITES`].

use super::super::offset::Offset;
use super::address::Address;

/// A site that has a way of its own.
struct Site {
    /// Whether an address is the site's.
    is_of: fn(host: &str, path: &str) -> bool,
    /// Parameters that would say another offset, and are taken out.
    stale: &'static [&'static str],
    /// Puts the offset in.
    seek: fn(&mut Address<'_>, Offset),
}

const SITES: &[Site] = &[
    // Embedded players take `start` in bare seconds (YouTube IFrame Player API, "Player parameters").
    Site {
        is_of: |host, path| {
            is_youtube(host) && (path.starts_with("/embed/") || path.starts_with("/v/"))
        },
        stale: &["t", "time_continue"],
        seek: |address, offset| address.set_query("start", &offset.seconds().to_string()),
    },
    // youtube.com/watch?v=…, youtu.be/…, /live/…, /shorts/….
    Site {
        is_of: |host, _| is_youtube(host),
        stale: &["start", "time_continue"],
        seek: |address, offset| {
            address
                .fragment
                .retain(|parameter| !parameter.starts_with("t="));
            address.set_query("t", &format!("{}s", offset.seconds()));
        },
    },
    Site {
        is_of: |host, _| is_within(host, "vimeo.com"),
        stale: &[],
        seek: |address, offset| address.set_fragment("t", &format!("{}s", offset.seconds())),
    },
    // Every institution has a host of its own; the path is Panopto's.
    Site {
        is_of: |_, path| {
            let path = path.to_ascii_lowercase();
            path.ends_with("/panopto/pages/viewer.aspx")
                || path.ends_with("/panopto/pages/embed.aspx")
        },
        stale: &["t"],
        seek: |address, offset| address.set_query("start", &offset.seconds().to_string()),
    },
    Site {
        is_of: |host, _| is_within(host, "twitch.tv"),
        stale: &[],
        seek: |address, offset| {
            // The embedded player names the video in the query, the site in the path; both take `t`.
            let s = offset.seconds();
            address.set_query("t", &format!("{}h{}m{}s", s / 3600, s / 60 % 60, s % 60));
        },
    },
];

/// Makes the address point at the offset.
pub(super) fn seek(address: &mut Address<'_>, offset: Offset) {
    let host = address.host();
    match SITES.iter().find(|site| (site.is_of)(&host, address.path)) {
        Some(site) => {
            address.remove(site.stale);
            (site.seek)(address, offset);
        }
        None => address.set_fragment("t", &offset.seconds().to_string()),
    }
}

fn is_youtube(host: &str) -> bool {
    ["youtube.com", "youtube-nocookie.com", "youtu.be"]
        .iter()
        .any(|site| is_within(host, site))
}

/// Whether the host is the site or one of its subdomains; `notyoutube.com` is not YouTube.
fn is_within(host: &str, site: &str) -> bool {
    host.strip_suffix(site)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

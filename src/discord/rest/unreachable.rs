//! Why no answer came, in words that a host can act on.
//!
//! The libraries below tell of it in layers, of which the outermost says no more than that a request
//! was not made. What lies beneath is known by its kind; only where a layer has none, by its words.

use std::error::Error;
use std::io;

use reqwest::Url;

/// Where Discord itself is.
const DISCORD: &str = "https://discord.com";

/// The address that is asked, as messages name it: without a path, a user or a password.
pub(super) fn address(root: Option<&str>) -> String {
    let root = root.unwrap_or(DISCORD);
    Url::parse(root).map_or_else(
        |_| root.to_owned(),
        |url| url.origin().ascii_serialization(),
    )
}

/// Why a request has had no answer. The address is not in it.
pub(super) fn in_words(error: reqwest::Error) -> String {
    let host = error.url().and_then(Url::host_str).map(str::to_owned);
    let error = error.without_url();
    if error.is_timeout() {
        return "no answer came in time (timeout); try again later, and check what stands in between"
            .to_owned();
    }
    let causes = causes(&error);
    let told = causes.last().cloned().unwrap_or_default();
    if causes.iter().any(|cause| cause.contains("dns error")) {
        let host = host.map(|host| format!(" `{host}`")).unwrap_or_default();
        return format!(
            "the name{host} cannot be looked up (DNS: {told}); check the network and its name server"
        );
    }
    if causes.iter().any(|cause| speaks_of_tls(cause)) {
        return format!(
            "no secure connection can be made (TLS: {told}); check this machine's clock, and that the \
             address is one of https"
        );
    }
    match kind(&error) {
        Some(io::ErrorKind::ConnectionRefused) => {
            "nothing listens there (connection refused); check the address and the port".to_owned()
        }
        Some(io::ErrorKind::TimedOut) => {
            "no connection was made in time (timeout); check the network and the firewall"
                .to_owned()
        }
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable) => {
            "no way leads there from this machine (network unreachable); check the network"
                .to_owned()
        }
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof,
        ) => format!("the connection broke off ({told})"),
        _ if told.starts_with("connection closed") => format!("the connection broke off ({told})"),
        _ => causes.join(": "),
    }
}

/// What every layer says, the outermost first, nothing twice.
fn causes(error: &reqwest::Error) -> Vec<String> {
    let mut causes = vec![error.to_string()];
    let mut layer = error.source();
    while let Some(beneath) = layer {
        let words = beneath.to_string();
        if causes.last() != Some(&words) {
            causes.push(words);
        }
        layer = beneath.source();
    }
    causes
}

/// What the operating system calls it, by the innermost layer that is its.
fn kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut found = None;
    let mut layer = error.source();
    while let Some(beneath) = layer {
        let io = beneath.downcast_ref::<io::Error>().map(io::Error::kind);
        found = io.or(found);
        layer = beneath.source();
    }
    found
}

/// Whether it is about a secure connection. The library that makes those is another's, so that its
/// errors have no kind here.
fn speaks_of_tls(cause: &str) -> bool {
    const WORDS: [&str; 4] = ["certificate", "handshake", "corrupt message", "TLS"];
    WORDS.iter().any(|word| cause.contains(word))
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::Arc;
    use std::time::Duration;

    use reqwest::dns::{Addrs, Name, Resolve, Resolving};
    use tokio::io::AsyncWriteExt;
    use tokio::net::TcpListener;

    use super::super::RestError;
    use super::*;

    /// A name server that knows no name.
    struct NoNames;

    impl Resolve for NoNames {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(async { Err::<Addrs, _>("no such name".into()) })
        }
    }

    async fn why(url: &str) -> String {
        let client = reqwest::Client::builder()
            .dns_resolver(Arc::new(NoNames))
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .expect("a client");
        let asked = client.get(url).send().await;
        in_words(asked.expect_err("nobody answers"))
    }

    /// Somebody on loopback who says that to whoever comes, and no more.
    async fn who_says(words: &'static [u8]) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.write_all(words).await;
            }
        });
        address
    }

    #[tokio::test]
    async fn a_name_that_nobody_knows_is_told_with_the_name() {
        let told = why("http://discord.invalid/api/v10/users/@me").await;
        assert!(told.contains("`discord.invalid`"), "{told}");
        assert!(told.contains("DNS: no such name"), "{told}");
    }

    #[tokio::test]
    async fn a_port_at_which_nobody_listens_is_told_with_the_address() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let root = format!("http://{address}/secret");
        let told = RestError::unreachable(Some(&root), why(&root).await).to_string();
        let begins = format!("Discord does not answer at http://{address}: nothing listens there");
        assert!(told.starts_with(&begins), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }

    #[tokio::test]
    async fn who_speaks_no_tls_is_told() {
        let address = who_says(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let told = why(&format!("https://{address}/")).await;
        assert!(told.contains("TLS"), "{told}");
    }

    #[tokio::test]
    async fn who_hangs_up_is_told() {
        let address = who_says(b"").await;
        let told = why(&format!("http://{address}/")).await;
        assert!(told.starts_with("the connection broke off"), "{told}");
    }

    #[tokio::test]
    async fn who_says_nothing_is_told_as_a_timeout() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let client = reqwest::Client::builder()
            .timeout(Duration::from_millis(20))
            .no_proxy()
            .build()
            .expect("a client");
        let asked = client.get(format!("http://{address}/")).send().await;
        let told = in_words(asked.expect_err("nobody answers"));
        assert!(told.contains("timeout"), "{told}");
    }

    #[test]
    fn the_address_is_named_without_what_is_secret_in_it() {
        assert_eq!(address(None), "https://discord.com");
        assert_eq!(
            address(Some("http://me:secret@127.0.0.1:8080/proxy")),
            "http://127.0.0.1:8080"
        );
    }
}

//! A reverse proxy on loopback, such as hosts put between their bots and Discord: it passes requests
//! on over connections of its own, and answers 502 in its own words where it gets no answer.

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};

/// Starts a proxy in front of `root` (`http://127.0.0.1:PORT`); returns its own root. It ends with
/// the test's runtime.
pub async fn start(root: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (client, root) = (reqwest::Client::new(), root.to_owned());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(BufStream::new(stream), client.clone(), root.clone()));
        }
    });
    format!("http://{address}")
}

/// A request as it came over the wire.
struct Incoming {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

async fn serve(mut stream: BufStream<TcpStream>, client: reqwest::Client, root: String) {
    while let Some(request) = read(&mut stream).await {
        let answer = match pass_on(&client, &root, request).await {
            Ok(answer) => answer,
            Err(_) => plain(502, &[], b"<html>Bad Gateway</html>"),
        };
        let sent = stream.write_all(&answer).await;
        if sent.is_err() || stream.flush().await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut BufStream<TcpStream>) -> Option<Incoming> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut first = lines.first()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, length)| length.parse().expect("a length"));
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Incoming {
        method,
        target,
        headers,
        body,
    })
}

async fn pass_on(
    client: &reqwest::Client,
    root: &str,
    request: Incoming,
) -> Result<Vec<u8>, reqwest::Error> {
    let method = request.method.parse().expect("a method");
    let mut onward = client.request(method, format!("{root}{}", request.target));
    for (name, value) in &request.headers {
        if !["host", "connection", "content-length"].contains(&name.as_str()) {
            onward = onward.header(name, value);
        }
    }
    let answer = onward.body(request.body).send().await?;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let kept: Vec<(&str, &str)> = headers
        .iter()
        .filter(|(name, _)| {
            !["content-length", "transfer-encoding", "connection"].contains(&name.as_str())
        })
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect();
    Ok(plain(status, &kept, &answer.bytes().await?))
}

fn plain(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status} Passed On\r\n");
    for (name, value) in headers {
        answer += &format!("{name}: {value}\r\n");
    }
    answer += &format!("content-length: {}\r\n\r\n", body.len());
    [answer.as_bytes(), body].concat()
}

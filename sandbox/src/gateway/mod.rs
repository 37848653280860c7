//! Discord's gateway, version 10, JSON without compression: one task a connection.
//! What a client says is dealt with in `protocol`; here is the socket.

mod protocol;

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, State};
use axum::response::Response;
use serde_json::{Value, json};

use crate::cuttable::Cut;
use crate::shared::Shared;
use crate::world::session::{Connection, Order};
use protocol::Reaction;

/// Why a connection ends.
enum End {
    /// The client is gone, or is not to hear why it ends.
    Silent,
    Close(u16),
}

/// Turns a request into a gateway connection.
pub(crate) async fn connect(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| run(shared, cut, socket))
}

async fn run(shared: Arc<Shared>, cut: Cut, mut socket: WebSocket) {
    let number = shared.write(|world| {
        let number = world.next_number();
        world.connections.insert(number, Connection::default());
        number
    });
    let end = talk(&shared, number, &mut socket).await.err();
    shared.write(|world| world.disconnect(number));
    match end {
        Some(End::Close(code)) => {
            let frame = CloseFrame {
                code,
                reason: protocol::close_reason(code).into(),
            };
            let _ = socket.send(Message::Close(Some(frame))).await;
            // Let the client read the frame before the connection is gone.
            let goodbye = async { while let Some(Ok(_)) = socket.recv().await {} };
            let _ = tokio::time::timeout(std::time::Duration::from_secs(1), goodbye).await;
        }
        _ => cut.cut(),
    }
}

async fn talk(shared: &Shared, number: u64, socket: &mut WebSocket) -> Result<(), End> {
    let interval_ms = shared.read(|world| world.settings.heartbeat_interval_ms);
    send(
        socket,
        &json!({"op": 10, "d": {"heartbeat_interval": interval_ms}}),
    )
    .await?;
    let mut changes = shared.changes();
    let mut stopping = shared.stopping();
    loop {
        flush(shared, number, socket).await?;
        tokio::select! {
            _ = stopping.changed() => return Err(End::Silent),
            _ = changes.changed() => {}
            received = socket.recv() => hear(shared, number, socket, received).await?,
        }
    }
}

async fn hear(
    shared: &Shared,
    number: u64,
    socket: &mut WebSocket,
    received: Option<Result<Message, axum::Error>>,
) -> Result<(), End> {
    let text = match received {
        Some(Ok(Message::Text(text))) => text.as_str().to_owned(),
        Some(Ok(Message::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
        Some(Ok(Message::Close(frame))) => {
            let code = frame.map_or(1_000, |frame| frame.code);
            shared.write(|world| world.client_closed(number, code));
            return Err(End::Silent);
        }
        Some(Ok(_)) => return Ok(()),
        Some(Err(_)) | None => return Err(End::Silent),
    };
    match shared.write(|world| world.hear(number, &text)) {
        Reaction::Nothing => Ok(()),
        Reaction::Send(payload) => send(socket, &payload).await,
        Reaction::Close(code) => Err(End::Close(code)),
    }
}

/// Carries out what was ordered, then writes every event that waits.
async fn flush(shared: &Shared, number: u64, socket: &mut WebSocket) -> Result<(), End> {
    while let Some(order) = shared.write_quietly(|world| world.next_order(number)) {
        match order {
            Order::Send(payload) => send(socket, &payload).await?,
            Order::Close(code) => return Err(End::Close(code)),
            Order::Drop => return Err(End::Silent),
        }
    }
    let mut wrote = false;
    while let Some((seq, dispatch)) = shared.read(|world| world.next_event(number)) {
        let (name, payload) = (dispatch.name, &dispatch.payload);
        let text = format!(r#"{{"op":0,"t":"{name}","s":{seq},"d":{payload}}}"#);
        socket
            .send(Message::text(text))
            .await
            .map_err(|_| End::Silent)?;
        shared.write_quietly(|world| world.event_written(number, seq));
        wrote = true;
    }
    if wrote {
        // Whoever waits for the gateway to be idle looks again.
        shared.write(|_| ());
    }
    Ok(())
}

async fn send(socket: &mut WebSocket, payload: &Value) -> Result<(), End> {
    socket
        .send(Message::text(payload.to_string()))
        .await
        .map_err(|_| End::Silent)
}

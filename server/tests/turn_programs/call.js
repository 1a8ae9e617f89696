// A call of two people in one page, relayed both ways. Answers with what arrived, or with the error.
const [servers, wanted, done] = arguments;

const relayed = { iceServers: servers, iceTransportPolicy: "relay" };
const customer = new RTCPeerConnection(relayed);
const agent = new RTCPeerConnection(relayed);
const failed = [];
const started = performance.now();

for (const [from, to] of [[customer, agent], [agent, customer]]) {
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  from.onicecandidateerror = (error) => failed.push(`${error.errorCode} ${error.url}`);
}

async function look() {
  const found = { frames: 0, lost: 0, ms: Math.round(performance.now() - started), failed };
  const report = await agent.getStats();
  for (const entry of report.values()) {
    if (entry.type === "inbound-rtp" && entry.kind === "video") {
      found.frames = entry.framesDecoded ?? 0;
      found.lost = entry.packetsLost ?? 0;
      found.width = entry.frameWidth;
    }
    if (entry.type === "transport" && entry.selectedCandidatePairId) {
      const pair = report.get(entry.selectedCandidatePairId);
      const local = report.get(pair.localCandidateId);
      const remote = report.get(pair.remoteCandidateId);
      found.local = local.candidateType;
      found.remote = remote.candidateType;
      found.protocol = local.relayProtocol;
    }
  }
  return found;
}

async function call() {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 }, audio: true });
  for (const track of camera.getTracks()) customer.addTrack(track, camera);
  const screen = document.createElement("video");
  screen.muted = true;
  document.body.append(screen);
  agent.ontrack = ({ streams }) => {
    screen.srcObject = streams[0];
    screen.play();
  };
  await customer.setLocalDescription();
  await agent.setRemoteDescription(customer.localDescription);
  await agent.setLocalDescription();
  await customer.setRemoteDescription(agent.localDescription);
  for (;;) {
    const found = await look();
    // Each side has one relay to try, so two failures are the end.
    if (found.frames >= wanted || failed.length >= 2 || found.ms > 30000) return found;
    await new Promise((next) => setTimeout(next, 100));
  }
}

call().then(done, (error) => done({ error: String(error) }));

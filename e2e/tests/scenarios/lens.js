// The rear camera of a phone, with a light and a zoom: what a fake camera lacks. The front camera has neither.
{
  const lenses = new WeakMap();
  window.farhandLenses = [];
  window.farhandTracks = [];
  const { clone } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function () {
    const track = clone.call(this);
    farhandTracks.push(track);
    return track;
  };
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (wish) {
    const stream = await getUserMedia.call(this, wish);
    const facingMode = wish.video?.facingMode?.ideal;
    farhandTracks.push(...stream.getTracks());
    for (const track of stream.getVideoTracks()) {
      const lens = facingMode === "environment" ? { facingMode, torch: false, zoom: 1 } : { facingMode };
      lenses.set(track, lens);
      farhandLenses.push(lens);
    }
    return stream;
  };
  const { getCapabilities, getSettings, applyConstraints } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.getCapabilities = function () {
    const lens = lenses.get(this);
    const rear = lens?.facingMode === "environment";
    return { ...getCapabilities.call(this), ...(rear ? { torch: true, zoom: { min: 1, max: 4, step: 0.1 } } : {}) };
  };
  MediaStreamTrack.prototype.getSettings = function () {
    return { ...getSettings.call(this), ...lenses.get(this) };
  };
  MediaStreamTrack.prototype.applyConstraints = async function (wish) {
    const [set] = wish?.advanced ?? [];
    const lens = lenses.get(this);
    if (!set || !lens) return applyConstraints.call(this, wish);
    if (lens.facingMode !== "environment") throw new OverconstrainedError("torch");
    Object.assign(lens, set);
  };
}

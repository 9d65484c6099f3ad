// Inside a frame the host may keep two maps at one view: it says where to look, and is told where
// the reader looks. Nothing but the view passes, from and to the host alone.

const DEEPEST = 19;
const NORTHMOST = 85.06; // where web Mercator ends

export function framed(page, host = window.parent) {
  if (host === window) return;
  const { map } = page;
  let told = false; // by the host, which then needs no answer

  function tell() {
    if (told) return;
    const { lat, lng } = map.getCenter();
    // A page opened from a file has no origin that could be named.
    host.postMessage({ lxgeo: 'view', lat, lon: lng, zoom: map.getZoom() }, '*');
  }

  window.addEventListener('message', ({ source, data }) => {
    if (source !== host || !isView(data)) return;
    told = true;
    map.setView([data.lat, data.lon], data.zoom, { animate: false });
    told = false;
  });
  map.on('moveend', tell);
  tell();
}

function isView(data) {
  if (typeof data !== 'object' || data === null || data.lxgeo !== 'view') return false;
  const within = (value, least, most) => Number.isFinite(value) && value >= least && value <= most;
  return (
    within(data.lat, -NORTHMOST, NORTHMOST) &&
    within(data.lon, -180, 180) &&
    within(data.zoom, 0, DEEPEST)
  );
}

// Runs first. The page's policy makes the browser refuse every string that is set as HTML or run
// as code; this lets through the one constant that Leaflet probes SVG support with, nothing else.
if (window.trustedTypes) {
  window.trustedTypes.createPolicy('default', {
    createHTML: (html) => (html === '<svg/>' ? html : null),
  });
}

// On the stage's own window: a clicker's keys press the hidden buttons of whoever may lead (a stage link has none), and
// the screen is asked to stay awake where the address is secure.
(() => {
  // By position, so that black is where it is on every keyboard: AZERTY, Cyrillic, Arabic. Escape does nothing.
  const keys = {
    PageDown: "next", ArrowRight: "next", ArrowDown: "next", Space: "next",
    PageUp: "back", ArrowLeft: "back", ArrowUp: "back",
    Enter: "reveal", NumpadEnter: "reveal", KeyB: "black", Period: "black",
  };
  const another = "a, button, input, select, textarea, summary, [contenteditable]";
  const stage = () => document.querySelector(".stage-script");
  const awake = () => {
    if (stage() && document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  if (!window.houselightsStage) {
    window.houselightsStage = true;
    addEventListener("keydown", (press) => {
      const act = keys[press.code || press.key];
      if (!act || !stage() || press.target.closest?.(another) || press.ctrlKey || press.altKey || press.metaKey) return;
      press.preventDefault();
      press.stopImmediatePropagation();
      if (!press.repeat) document.querySelector(`[class*="st-key-stage-${act}-"] button`)?.click();
    }, true);
    document.addEventListener("visibilitychange", awake);
  }
  awake();
})();

// One key presses one button or link: whatever on the page says data-key. Forms work without it.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  for (const one of document.querySelectorAll("[data-key]")) {
    if (one.dataset.key.toLowerCase() === event.key.toLowerCase()) {
      event.preventDefault();
      one.click();
      return;
    }
  }
});

// Keeps a preference for a year in this browser.
const yearSeconds = 365 * 86_400;

export function keepPreference(name: string, value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
}

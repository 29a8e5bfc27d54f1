// Light, dark, or as the system says; kept in a cookie so that the server draws the right one at once.
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'weir.theme';

export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? 'system';
}

/** Runs in the page's head, before anything is drawn: the server cannot know what the system says. */
export const systemThemeScript = `(()=>{const e=document.documentElement,q=matchMedia('(prefers-color-scheme: dark)');
const s=()=>{if(e.dataset.themeChoice==='system')e.dataset.theme=q.matches?'dark':'light'};s();q.addEventListener('change',s)})()`;

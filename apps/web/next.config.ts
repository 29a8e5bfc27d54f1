// How Next builds the pages. They hold no data: the panel's own process serves the API.
import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm test` checks the types; a start builds what has passed there.
  typescript: { ignoreBuildErrors: true },
};

export default config;

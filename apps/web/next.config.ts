// How Next builds the pages. They hold no data: the panel's own process serves the API.
import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
};

export default config;

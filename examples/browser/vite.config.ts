import { msw } from "msw/vite";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  // Brings msw's service worker, from the very msw that is installed.
  plugins: [msw({ mode: "worker-only" })],
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
  build: { target: "es2022" },
});

// Tailwind 4 is a PostCSS plugin; it needs no other configuration than the CSS itself.
export default { plugins: { "@tailwindcss/postcss": {} } };

/** Line drawings on a grid of 20. They never say anything that is not also said in words. */
const paths = {
  alert: "M10 6.5v4.2M10 13.6v.1M10 2.8 18 16.6H2z",
  build: "m6.6 6.2-4 3.8 4 3.8m6.8-7.6 4 3.8-4 3.8M11.4 4 8.6 16",
  check: "m4 10.6 4 4 8-9",
  clock: "M10 5.600V10l3 2M10 2.600a7.4 7.4 0 1 0 0 14.8 7.4 7.4 0 0 0 0-14.800z",
  close: "m5 5 10 10M15 5 5 15",
  copy: "M7 7h9v9H7zM4 13V4h9",
  down: "m5 8 5 5 5-5",
  edit: "M4 16h3l9-9-3-3-9 9zM11.6 5.400l3 3",
  file: "M5 2.600h6.500l3.5 3.600v11.200H5zM11.3 2.800v3.600h3.5",
  home: "m3 9.5 7-6 7 6M5 8.200V17h10V8.2",
  image: "M3 4h14v12H3zM3 13.500l4-4 4 4 2.5-2.5 3.5 3.500M12.6 7.600v.1",
  info: "M10 9.300v4.700M10 6.300v.1M10 2.600a7.4 7.4 0 1 0 0 14.8 7.4 7.4 0 0 0 0-14.800z",
  json: "M7.5 3.500c-2 0-2.2 1-2.2 2.800S5 10 3.4 10c1.6 0 1.9 1.9 1.9 3.700s.2 2.8 2.2 2.800m5-13c2 0 2.2 1 2.2 2.800s.3 3.7 1.9 3.700c-1.6 0-1.9 1.9-1.9 3.700s-.2 2.8-2.2 2.8",
  market:
    "M3.5 8v8.500h13V8M2.5 7.5 4.5 3h11l2 4.500c-.6 2.2-3 2.6-4.6.6-1.3 2-4.3 2-5.7 0-1.5 2-4.2 1.6-4.7-.6z",
  models: "M10 2.6 16.4 6v8L10 17.4 3.6 14V6zM3.8 6.2 10 9.600l6.2-3.400M10 9.600v7.6",
  moon: "M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12z",
  play: "M6 3.800v12.400L16 10z",
  pulse: "M2.5 10h3.600l2.4-6 3.2 12 2.3-6h3.5",
  screen: "M3 4h14v9.500H3zM7 17h6M10 13.500V17",
  search: "M8.8 3.200a5.6 5.6 0 1 0 0 11.2 5.6 5.6 0 0 0 0-11.200zM13 13l4 4",
  stop: "M5.5 5.500h9v9h-9z",
  sun: "M10 6.600a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.800zM10 2v2M10 16v2M2 10h2M16 10h2M4.4 4.400l1.4 1.400M14.2 14.200l1.4 1.400M15.6 4.400l-1.4 1.400M5.8 14.200l-1.4 1.4",
  text: "M4 5h12M4 10h12M4 15h7",
  trash: "M3.5 5.500h13M8 5.500V3.500h4v2M5.5 5.500l.8 11h7.400l.8-11",
  user: "M10 3a3.4 3.4 0 1 0 0 6.800A3.4 3.4 0 0 0 10 3zM3.6 17c.5-3.3 3-5 6.4-5s5.9 1.7 6.4 5",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill={name === "play" || name === "stop" ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}

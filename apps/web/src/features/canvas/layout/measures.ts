// Sizes and columns of the drawing, in px at zoom 1.

export const size = {
  service: { width: 248, height: 68 },
  realServer: { width: 248, height: 46 },
  group: { width: 248, height: 46 },
} as const;

/** No two nodes come closer. */
export const gap = 8;
/** From one row of real servers to the next. */
export const pitch = size.realServer.height + gap;

/** The clients stand in front of everything, as a rail. */
export const clients = { x: 0, width: 104, railX: 52 } as const;
/** A director's box, around the services that it holds. */
export const box = { x: 176, padding: 16, header: 44, footer: 16, emptyHeight: 60, width: size.service.width + 2 * 16 } as const;
export const serviceX = box.x + box.padding;
/** Room for the wires between the boxes and the real servers. */
export const serversX = box.x + box.width + 168;
export const columnPitch = size.realServer.width + 40;

/** Leaves a free row below each service: a real server that is added moves nothing. */
export const blockGap = pitch + gap;
/** Between boxes; the replies that go round a director run here. */
export const laneGap = 52;
/** To the right of all real servers: where the replies that go round come together. */
export const busGap = 36;

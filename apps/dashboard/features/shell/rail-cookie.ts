// Where the rail's width is kept: the server has to know it, or the first paint would jump.
export const RAIL_COOKIE = "homeport-rail";

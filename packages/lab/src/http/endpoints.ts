// Every call the lab answers; all else is 501.

import type { Endpoint } from "./endpoint";
import { accessEndpoints } from "./endpoints/access";
import { applianceEndpoints } from "./endpoints/appliances";
import { clusterEndpoints } from "./endpoints/cluster";
import { fileEndpoints } from "./endpoints/files";
import { indexEndpoints } from "./endpoints/indexes";
import { lxcEndpoints } from "./endpoints/lxc";
import { nodeEndpoints } from "./endpoints/nodes";
import { poolEndpoints } from "./endpoints/pools";
import { powerEndpoints } from "./endpoints/power";
import { snapshotEndpoints } from "./endpoints/snapshots";
import { storageEndpoints } from "./endpoints/storage";
import { taskEndpoints } from "./endpoints/tasks";

export const endpoints: readonly Endpoint[] = [
  ...accessEndpoints,
  ...applianceEndpoints,
  ...clusterEndpoints,
  ...fileEndpoints,
  ...indexEndpoints,
  ...lxcEndpoints,
  ...nodeEndpoints,
  ...poolEndpoints,
  ...powerEndpoints,
  ...snapshotEndpoints,
  ...storageEndpoints,
  ...taskEndpoints,
];

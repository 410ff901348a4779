import { faultsOn } from '../faults.js';

faultsOn('postgresql');
faultsOn('redis');

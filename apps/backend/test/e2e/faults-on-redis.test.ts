import { faultsOn } from '../faults.js';

faultsOn('redis');

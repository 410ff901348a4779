/** The program that checks rules of Prometheus. PROMTOOL names one outside PATH. */
export const promtool = (): string => process.env.PROMTOOL ?? 'promtool';

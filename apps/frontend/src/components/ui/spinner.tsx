/** Hidden from screen readers: the text beside it says what is loading. */
export function Spinner({ className = 'h-3' }: { className?: string }) {
  return (
    <svg viewBox="0 0 28 8" aria-hidden="true" className={`inline-block w-auto fill-current ${className}`}>
      {[0, 10, 20].map((x, index) => (
        <path
          key={x}
          d={`M${x} 4.2a4 4.2 0 0 1 8 0V6.8a1.2 1.2 0 0 1-1.2 1.2h-5.6A1.2 1.2 0 0 1 ${x} 6.8Z`}
          className="animate-breathe"
          style={{ animationDelay: `${index * 220}ms` }}
        />
      ))}
    </svg>
  );
}

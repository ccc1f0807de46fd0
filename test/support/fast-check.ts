import fc from 'fast-check';

// Without this, arrays and strings keep to about ten elements, whatever a test says they may have.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
